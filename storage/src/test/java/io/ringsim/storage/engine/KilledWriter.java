package io.ringsim.storage.engine;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.MemtableLimits;
import io.ringsim.storage.table.SizeTiered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A process that writes to a directory until it is killed, and says which writes were acknowledged. */
final class KilledWriter {
    static final TableMetadata TABLE = TableMetadata.standard(new TableId("shop", "orders"));
    static final int PARTITIONS = 64;

    /** Little memory, so that it flushes and compacts all the time. */
    static final EngineSettings SETTINGS = EngineSettings.defaults()
            .with(SyncMode.batch())
            .with(new MemtableLimits(128 << 10, 1_000_000, Duration.ofSeconds(5)))
            .with(new CompactionSettings(new SizeTiered(3, 8, 0.5, 1.5, 1 << 20), true, 0))
            .withMemory(512 << 10);

    private static final Bytes COLUMN = Bytes.utf8("v");

    private KilledWriter() {}

    /** Arguments: directory, threads, the first write's number. */
    public static void main(String... arguments) throws IOException {
        var opened = new RealWorldEngine(RealDisk.at(Path.of(arguments[0])), List.of(TABLE), SETTINGS);
        var engine = opened.engine();
        var next = new AtomicLong(Long.parseLong(arguments[2]));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            boolean leads = i % 2 == 0;
            new Thread(() -> write(engine, next, leads)).start();
        }
    }

    private static void write(StorageEngine engine, AtomicLong next, boolean leads) {
        try {
            while (true) {
                long id = next.getAndIncrement();
                if (leads) {
                    engine.applyAndWait(mutation(id));
                } else {
                    await(engine, mutation(id));
                }
                System.out.println(id);
            }
        } catch (IOException refused) {
            System.out.println("refused: " + refused);
        }
    }

    private static void await(StorageEngine engine, Mutation mutation) {
        var told = new CompletableFuture<Boolean>();
        engine.apply(mutation, new WriteOutcome() {
            @Override
            public void acknowledged() {
                told.complete(true);
            }

            @Override
            public void refused(IOException reason) {
                told.completeExceptionally(reason);
            }
        });
        told.join();
    }

    static Key key(long id) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("p" + id % PARTITIONS));
    }

    /** Two rows in one write, so that half of it would show. */
    static Mutation mutation(long id) {
        return Mutation.of(TABLE.id(), Partition.of(key(id), List.of(row("a", id), row("b", id))));
    }

    static Row row(String kind, long id) {
        var value = (kind + id + "/").repeat(10 + (int) (id % 50));
        return Row.of(Bytes.utf8(kind + "%012d".formatted(id)), Cell.live(COLUMN, id + 1, Bytes.utf8(value)));
    }
}
