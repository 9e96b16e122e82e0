package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Liveness;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.RangeScan;
import io.ringsim.storage.table.ReadTrace;
import io.ringsim.storage.table.SizeTiered;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;

/** A table with an index, and one without, on a simulated disk, in a world where things happen when the test says so. */
abstract class TableWorld {
    static final Bytes COLUMN = Bytes.utf8("c");
    static final TableMetadata ORDERS =
            TableMetadata.standard(new TableId("shop", "orders")).indexing(COLUMN);
    static final TableMetadata ITEMS = TableMetadata.standard(new TableId("shop", "items"));
    static final Token MINIMUM = Partitioner.MURMUR3.minimum();
    static final TokenRange RING = new TokenRange(MINIMUM, MINIMUM);
    static final TokenRange LOWER_HALF = new TokenRange(MINIMUM, Partitioner.MURMUR3.parse("0"));

    final ManualIo world = new ManualIo(Randomness.of(1));
    SimulatedDisk disk = SimulatedDisk.empty();
    StorageEngine engine;
    TableStore orders;

    @BeforeEach
    void begin() throws IOException {
        engine = open(disk);
        orders = engine.table(ORDERS.id());
    }

    StorageEngine open(SimulatedDisk on) throws IOException {
        return StorageEngine.open(
                on,
                world.io(),
                world,
                Partitioner.MURMUR3,
                List.of(ORDERS, ITEMS),
                EngineSettings.simulated()
                        .with(SyncMode.batch())
                        .with(new CompactionSettings(SizeTiered.defaults(), false, 0)),
                SSTableWriter.Options.DEFAULT);
    }

    static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + number));
    }

    static Partition partition(int number, long timestamp) {
        return Partition.of(
                key(number),
                Row.of(
                        Bytes.utf8("r"),
                        Liveness.of(timestamp),
                        Deletion.LIVE,
                        List.of(Cell.live(COLUMN, timestamp, Bytes.utf8("v" + timestamp)))));
    }

    void write(TableId table, Partition partition) {
        engine.apply(Mutation.of(table, partition), new WriteOutcome() {
            @Override
            public void acknowledged() {}

            @Override
            public void refused(IOException reason) {
                throw new IllegalStateException(reason);
            }
        });
        world.settle();
    }

    void write(int from, int to, long timestamp) {
        for (int i = from; i < to; i++) {
            write(ORDERS.id(), partition(i, timestamp));
        }
    }

    long settled(java.util.function.Consumer<Io.Outcome<Long>> chore) {
        var told = new AtomicLong(-1);
        chore.accept(new Io.Outcome<>() {
            @Override
            public void succeeded(Long result) {
                told.set(result);
            }

            @Override
            public void failed(IOException reason) {
                throw new IllegalStateException(reason);
            }
        });
        world.settle();
        assertThat(told.get()).isNotNegative();
        return told.get();
    }

    void flush() {
        settled(then -> orders.flush(FlushReason.USER_FORCED, then));
    }

    List<Partition> all(TableStore table) throws IOException {
        return table.scan(RangeScan.of(RING, Integer.MAX_VALUE));
    }

    Partition read(int number) throws IOException {
        return orders.read(PartitionQuery.all(ORDERS.id(), key(number)), ReadTrace.NONE);
    }

    List<String> files() throws IOException {
        return disk.list("data/shop/orders").stream()
                .filter(name -> !name.endsWith("/"))
                .toList();
    }
}
