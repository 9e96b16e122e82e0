package io.ringsim.storage.engine;

import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Clock;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An engine on real threads and the machine's clock. */
final class RealWorldEngine implements AutoCloseable {
    private static final Clock CLOCK = new Clock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0, 100, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final StorageEngine engine;

    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled tells of itself
    RealWorldEngine(Disk disk, List<TableMetadata> schema, EngineSettings settings) throws IOException {
        var io = new ExecutorIo(
                pool,
                (delay, task) -> timer.schedule(() -> pool.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS),
                () -> 0);
        engine = StorageEngine.open(
                disk,
                io,
                CLOCK,
                Partitioner.MURMUR3,
                schema,
                settings,
                new SSTableWriter.Options(pool::execute, false));
    }

    StorageEngine engine() {
        return engine;
    }

    /** Starts something and waits for its outcome. */
    static <T> T await(Consumer<Io.Outcome<T>> work) {
        var done = new CompletableFuture<T>();
        work.accept(new Io.Outcome<>() {
            @Override
            public void succeeded(T result) {
                done.complete(result);
            }

            @Override
            public void failed(IOException reason) {
                done.completeExceptionally(reason);
            }
        });
        return done.join();
    }

    /** Ends what is under way, leaves undone what is not, and closes the engine without draining it. */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the engine does not stop");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        engine.close();
    }
}
