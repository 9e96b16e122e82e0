package io.ringsim.storage.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Clock;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.memtable.OpOrder;
import io.ringsim.storage.sstable.SSTableWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which writes a flush writes, when others are asked for before it has run. */
class FlushTest {
    private static final TableMetadata ORDERS = TableMetadata.standard(new TableId("shop", "orders"));

    private final SimulatedDisk disk = SimulatedDisk.empty();
    private final OpOrder writes = new OpOrder();
    private final Log log = new Log();
    private final QueuedIo io = new QueuedIo();
    private TableStore orders;

    /** Numbers writes, and notes what it was told it may forget. */
    private static final class Log implements LogMarks {
        private int last;
        private final List<Integer> clean = new ArrayList<>();

        CommitLogPosition append() {
            return new CommitLogPosition(1, ++last);
        }

        @Override
        public CommitLogPosition appended() {
            return new CommitLogPosition(1, last);
        }

        @Override
        public void makeSafe(CommitLogPosition upTo) {}

        @Override
        public void markClean(TableId table, CommitLogPosition from, CommitLogPosition upTo) {
            for (int each = from.offset() + 1; each <= upTo.offset(); each++) {
                clean.add(each);
            }
        }
    }

    /** Does flushes when told to, the oldest first. */
    private static final class QueuedIo implements Io {
        private final Queue<Runnable> flushes = new ArrayDeque<>();

        @Override
        public <T> void run(Lane lane, Task<? extends T> task, Outcome<? super T> then) {
            if (lane == Lane.FLUSH) {
                flushes.add(() -> finish(task, then));
            }
        }

        private static <T> void finish(Task<? extends T> task, Outcome<? super T> then) {
            try {
                then.succeeded(task.run());
            } catch (IOException failed) {
                then.failed(failed);
            }
        }

        @Override
        public <T> void runAfter(Duration delay, Lane lane, Task<? extends T> task, Outcome<? super T> then) {
            run(lane, task, then);
        }

        void flush() {
            flushes.remove().run();
        }
    }

    private static final class Failing implements Io.Outcome<Long> {
        @Override
        public void succeeded(Long result) {}

        @Override
        public void failed(IOException reason) {
            throw new IllegalStateException(reason);
        }
    }

    private static final Clock NOON = new Clock() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(1_000_000);
        }
    };

    @BeforeEach
    void open() throws IOException {
        orders = TableStore.open(
                new TableContext(
                        disk,
                        io,
                        NOON,
                        Partitioner.MURMUR3,
                        writes,
                        log,
                        new Memory(Long.MAX_VALUE),
                        CompactionSettings.defaults(),
                        SSTableWriter.Options.DEFAULT),
                ORDERS,
                "data/shop/orders");
    }

    private static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + number));
    }

    private static Partition partition(int number) {
        return Partition.of(
                key(number), Row.of(Bytes.utf8("r"), Cell.live(Bytes.utf8("c"), number, Bytes.utf8("v" + number))));
    }

    private void write(int number) throws IOException {
        var group = writes.start();
        try {
            orders.apply(partition(number), log.append());
        } finally {
            group.close();
        }
    }

    private void askToFlush() {
        orders.flush(FlushReason.USER_FORCED, new Failing());
    }

    private boolean isThere(int number) throws IOException {
        return orders.read(PartitionQuery.all(ORDERS.id(), key(number)), ReadTrace.NONE)
                        .rowCount()
                > 0;
    }

    @Test
    void aWriteThatIsUnderWayWhenALaterFlushIsAskedForIsNotLeftOutByAnEarlierOne() throws IOException {
        write(1);
        askToFlush();
        var underWay = writes.start();
        var position = log.append(); // logged, but not yet in the memtable
        write(3);
        askToFlush();

        io.flush();
        orders.apply(partition(2), position);
        underWay.close();

        assertThat(log.clean).containsExactly(1);
        assertThat(isThere(2)).isTrue();
        assertThat(isThere(3)).isTrue();
        io.flush();
        assertThat(log.clean).containsExactly(1, 2, 3);
        for (int each = 1; each <= 3; each++) {
            assertThat(isThere(each)).as("write %d", each).isTrue();
        }
        assertThat(orders.sstableCount()).isEqualTo(2);
    }

    @Test
    void aFlushWritesWhatAnEarlierOneCouldNot() throws IOException {
        write(1);
        askToFlush();
        io.flushes.remove(); // as when its disk was full: the memtable stays
        write(2);
        askToFlush();

        io.flush();

        assertThat(log.clean).containsExactly(1, 2);
        assertThat(orders.sstableCount()).isEqualTo(2);
        assertThat(isThere(1) && isThere(2)).isTrue();
    }

    @Test
    void aFlushFindsThatAnotherWroteItsMemtables() throws IOException {
        write(1);
        askToFlush();
        write(2);
        orders.flushNow();

        io.flush();

        assertThat(log.clean).containsExactly(1, 2);
        assertThat(orders.sstableCount()).isEqualTo(2);
        assertThat(isThere(1) && isThere(2)).isTrue();
    }
}
