package io.ringsim.streaming.lane;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import akka.dispatch.MonitorableThreadFactory;
import com.typesafe.config.Config;
import io.ringsim.runtime.RealWorld;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a dispatcher whose streams block: as many as are busy at once, up to a limit, beyond which work waits. Akka's
 * own pool of so many would start a thread for each turn of a stream until it has all of them.
 *
 * <p>Named as the {@code executor} of a dispatcher, whose {@code max-threads} is the limit, and whose threads end after
 * {@code keep-alive} without work.
 */
@RealWorld("starts threads for streams that block")
public final class LaneThreads extends ExecutorServiceConfigurator {
    private final int most;
    private final Duration idle;

    /** Made by Akka, from the dispatcher's configuration. */
    public LaneThreads(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.most = config.getInt("max-threads");
        this.idle = config.getDuration("keep-alive");
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        var named =
                threads instanceof MonitorableThreadFactory akkas ? akkas.withName(akkas.name() + "-" + id) : threads;
        return () -> create(most, idle, named);
    }

    static ExecutorService create(int most, Duration idle, ThreadFactory threads) {
        return new ThreadPoolExecutor(
                0, most, idle.toNanos(), TimeUnit.NANOSECONDS, new ToIdle(), threads, LaneThreads::queue);
    }

    private static void queue(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the threads of the dispatcher are shut down");
        }
        ((ToIdle) pool.getQueue()).queue(task);
    }

    /** Takes work at once only for a thread that has none, so that the pool starts another rather than let it wait. */
    static final class ToIdle extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        /** Lets work wait. */
        void queue(Runnable task) {
            super.offer(task);
        }
    }
}
