package io.ringsim.runtime;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Akka's scheduler in a world: what is scheduled becomes an event of the world's queue. */
final class VirtualScheduler extends AbstractScheduler implements Closeable {
    private static final ExecutionContext IN_PLACE = ExecutionContext.parasitic$.MODULE$;

    private final World world;
    private boolean closed;

    VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this.world = World.withId(config.getLong(World.CONFIG_KEY));
    }

    World world() {
        return world;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        admit(task);
        if (delay.length() <= 0) {
            executor.execute(task);
            return Done.INSTANCE;
        }
        return world.events.schedule(delay.toNanos(), 0, task, inPlaceOr(executor), this);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public Cancellable schedule(
            FiniteDuration delay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        return every(delay, interval, task, executor);
    }

    @Override
    public Cancellable scheduleWithFixedDelay(
            FiniteDuration delay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        return every(delay, interval, task, executor);
    }

    /** No virtual time passes while a task runs, so a fixed delay and a fixed rate are the same. */
    private Cancellable every(FiniteDuration delay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        admit(task);
        return world.events.scheduleEvery(delay.toNanos(), interval.toNanos(), task, inPlaceOr(executor), this);
    }

    /** Akka's timers run where they are due; anything else goes to the executor it asked for. */
    private static @Nullable ExecutionContext inPlaceOr(ExecutionContext executor) {
        return executor == IN_PLACE ? null : executor;
    }

    private void admit(Runnable task) {
        if (!world.isOwner()) {
            throw world.intrusion("the timer " + task.getClass().getName());
        }
        if (closed) {
            throw new IllegalStateException("cannot enqueue after timer shutdown");
        }
    }

    /** One nanosecond is the finest step, but Akka takes a period from this, which must not be 0. */
    @Override
    public double maxFrequency() {
        return 1e6;
    }

    /** Drops this system's timers, but runs those that were to run in any case. */
    @Override
    public void close() {
        closed = true;
        var last = new ArrayList<Runnable>();
        world.events.cancelAllOf(this, task -> {
            if (task instanceof Scheduler.TaskRunOnClose) {
                last.add(task);
            }
        });
        last.forEach(Runnable::run);
    }

    /** What is done cannot be cancelled. */
    private enum Done implements Cancellable {
        INSTANCE;

        @Override
        public boolean cancel() {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
