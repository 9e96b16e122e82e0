package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.MemtableLimits;
import io.ringsim.storage.table.ReadTrace;
import io.ringsim.storage.table.SizeTiered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writers, readers, flushes and compactions at once on a real disk: no update is lost, no write is seen in part. */
class ConcurrentEngineTest {
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int KEYS = 16;
    private static final Bytes COLUMN = Bytes.utf8("v");
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final TableId LINES = new TableId("shop", "lines");

    @TempDir
    private Path directory;

    /** How many writes to a key were acknowledged. */
    private final AtomicLongArray acknowledged = new AtomicLongArray(KEYS);

    @Timeout(300)
    @ParameterizedTest
    @CsvSource({"periodic, 8000, 0", "periodic, 4000, 8", "batch, 1000, 0"})
    void losesNoUpdateAndTearsNoWrite(String mode, int writes, int rowsCached) throws Exception {
        var settings = settings(mode.equals("batch") ? SyncMode.batch() : SyncMode.periodic());
        var options = TableOptions.defaults().withCaches(100, rowsCached).withColumnIndexSize(4 << 10);
        var schema = List.of(
                TableMetadata.standard(ORDERS).with(options),
                TableMetadata.standard(LINES).with(options));
        try (var opened = new RealWorldEngine(RealDisk.at(directory), schema, settings)) {
            var engine = opened.engine();
            var done = new CountDownLatch(WRITERS);
            var numbers = new AtomicLong();
            var work = new ArrayList<Callable<Long>>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                work.add(() -> write(engine, writer, writes, numbers, done));
            }
            for (int i = 0; i < READERS; i++) {
                int reader = i;
                work.add(() -> read(engine, reader, done));
            }
            work.add(() -> flush(engine, done));
            run(work);

            checkAll(engine, writes);
            checkCompaction(engine);
            checkAll(engine, writes);
        }
        try (var opened = new RealWorldEngine(RealDisk.at(directory), schema, settings)) {
            checkAll(opened.engine(), writes);
        }
    }

    private static EngineSettings settings(SyncMode mode) {
        return EngineSettings.defaults()
                .with(mode)
                .with(new MemtableLimits(256 << 10, 1_000_000, Duration.ofSeconds(5)))
                .with(new CompactionSettings(new SizeTiered(2, 8, 0.5, 1.5, 1 << 20), true, 0))
                .withMemory(1 << 20);
    }

    private static void run(List<Callable<Long>> work) throws Exception {
        var pool = Executors.newFixedThreadPool(work.size());
        try {
            var running = new ArrayList<Future<Long>>();
            work.forEach(each -> running.add(pool.submit(each)));
            for (var each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("k" + number));
    }

    /** Three rows of two tables in one write: two of its own, and one that all writes to the key overwrite. */
    private static Mutation mutation(int key, int writer, int number, long timestamp) {
        var name = "%d-%07d".formatted(writer, number);
        var value = Bytes.utf8(name.repeat(5));
        var rows = List.of(
                Row.of(Bytes.utf8("a-" + name), Cell.live(COLUMN, timestamp, value)),
                Row.of(Bytes.utf8("b-" + name), Cell.live(COLUMN, timestamp, value)));
        var last = Row.of(Bytes.utf8("last"), Cell.live(COLUMN, timestamp, Bytes.ofLong(timestamp)));
        return new Mutation(
                key(key),
                List.of(
                        new Mutation.Update(ORDERS, Partition.of(key(key), rows)),
                        new Mutation.Update(LINES, Partition.of(key(key), last))));
    }

    private long write(StorageEngine engine, int writer, int writes, AtomicLong numbers, CountDownLatch done)
            throws IOException {
        try {
            for (int i = 0; i < writes; i++) {
                engine.applyAndWait(mutation(i % KEYS, writer, i, numbers.incrementAndGet()));
                acknowledged.incrementAndGet(i % KEYS);
            }
        } finally {
            done.countDown();
        }
        return writes;
    }

    /** What is read is never less than what was acknowledged before, holds whole writes, and does not go back. */
    private long read(StorageEngine engine, int reader, CountDownLatch done) throws IOException {
        var random = Randomness.of(reader);
        var newest = new long[KEYS];
        long reads = 0;
        while (done.getCount() > 0) {
            int key = random.nextInt(KEYS);
            long atLeast = acknowledged.get(key);
            var orders = whole(engine, ORDERS, key);
            assertThat(orders.rowCount() % 2).as("rows of whole writes").isZero();
            assertThat((long) orders.rowCount() / 2).isGreaterThanOrEqualTo(atLeast);
            checkPairs(orders);

            var last = whole(engine, LINES, key);
            long now = last.rowCount() == 0 ? 0 : last.row(0).cell(0).timestamp();
            assertThat(now).isGreaterThanOrEqualTo(newest[key]);
            newest[key] = now;
            reads++;
        }
        return reads;
    }

    private static Partition whole(StorageEngine engine, TableId table, int key) throws IOException {
        return engine.table(table).read(PartitionQuery.all(table, key(key)), ReadTrace.NONE);
    }

    private static void checkPairs(Partition orders) {
        int half = orders.rowCount() / 2;
        for (int i = 0; i < half; i++) {
            var first = orders.row(i).clustering().toUtf8();
            var second = orders.row(half + i).clustering().toUtf8();
            if (!first.substring(1).equals(second.substring(1))
                    || !orders.row(i).cells().equals(orders.row(half + i).cells())) {
                throw new AssertionError("half a write is there: " + first + " without " + second);
            }
        }
    }

    private static long flush(StorageEngine engine, CountDownLatch done) {
        long flushed = 0;
        while (done.getCount() > 0) {
            flushed += RealWorldEngine.<Long>await(then -> engine.flush(FlushReason.USER_FORCED, then));
        }
        return flushed;
    }

    /**
     * Down to one SSTable, and what is told is by how much the files shrank. That may be less than nothing: timestamps are
     * written as differences to the oldest of the SSTable, and those of the newer input grow.
     */
    private static void checkCompaction(StorageEngine engine) {
        var orders = engine.table(ORDERS);
        RealWorldEngine.<Long>await(then -> engine.flush(FlushReason.USER_FORCED, then));
        while (orders.sstableCount() > 1) { // those of a compaction that runs are not taken
            RealWorldEngine.<Long>await(orders::compactAll);
            Thread.onSpinWait();
        }
        long before = orders.diskBytes();
        long freed = RealWorldEngine.await(orders::compactAll);
        assertThat(freed).isEqualTo(before - orders.diskBytes());
        assertThat(orders.sstableCount()).isOne();
    }

    private static void checkAll(StorageEngine engine, int writes) throws IOException {
        long rows = 0;
        for (int key = 0; key < KEYS; key++) {
            var orders = whole(engine, ORDERS, key);
            checkPairs(orders);
            rows += orders.rowCount();
            assertThat(whole(engine, LINES, key).rowCount()).isOne();
        }
        assertThat(rows).isEqualTo(2L * WRITERS * writes);
        assertThat(engine.memory().waiting()).isZero();
    }
}
