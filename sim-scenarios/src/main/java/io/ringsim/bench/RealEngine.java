package io.ringsim.bench;

import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Clock;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.ExecutorIo;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A storage engine of one table on this machine's disk and threads. */
@RealWorld("measures the real engine")
final class RealEngine implements AutoCloseable {
    @RealWorld("is the machine's")
    private static final class MachineClock implements Clock {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    }

    private final BenchFolder folder;
    private final ExecutorService pool = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.DiscardPolicy()); // what is left to do when the engine is closed
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final StorageEngine engine;

    private RealEngine(EngineSettings settings, TableMetadata table) {
        this.folder = BenchFolder.fresh("engine");
        var io = new ExecutorIo(
                pool,
                (delay, task) -> {
                    var unused = timer.schedule(() -> pool.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
                },
                () -> 0);
        try {
            engine = StorageEngine.open(
                    RealDisk.at(folder.path()),
                    io,
                    new MachineClock(),
                    Partitioner.MURMUR3,
                    List.of(table),
                    settings,
                    new SSTableWriter.Options(pool::execute, false));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static RealEngine open(EngineSettings settings) {
        return new RealEngine(settings, SampleRows.TABLE);
    }

    static RealEngine open(EngineSettings settings, TableMetadata table) {
        return new RealEngine(settings, table);
    }

    StorageEngine engine() {
        return engine;
    }

    TableStore table() {
        return engine.table(SampleRows.TABLE.id());
    }

    void put(SampleRows rows, int from, int to) {
        try {
            for (int i = from; i < to; i++) {
                engine.applyAndWait(rows.mutation(i));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void syncLog() {
        try {
            engine.log().sync();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void flush() {
        await(then -> engine.flush(FlushReason.USER_FORCED, then));
    }

    void compact() {
        await(then -> table().compactAll(then));
    }

    private static void await(Consumer<Io.Outcome<Long>> work) {
        var done = new CompletableFuture<Long>();
        work.accept(new Io.Outcome<>() {
            @Override
            public void succeeded(Long bytes) {
                done.complete(bytes);
            }

            @Override
            public void failed(IOException reason) {
                done.completeExceptionally(reason);
            }
        });
        done.join();
    }

    @Override
    public void close() {
        try {
            timer.shutdownNow();
            pool.shutdown();
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the engine does not stop");
            }
            engine.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        folder.close();
    }
}
