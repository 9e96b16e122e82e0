package io.ringsim.runtime;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.actor.SchedulerException;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Akka's scheduler in a world: what is scheduled becomes an event of the world's queue. */
final class VirtualScheduler extends AbstractScheduler implements Closeable {
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
        var timer = new Timer(this, task, executor);
        timer.event = world.events.schedule(delay.toNanos(), timer);
        return timer;
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
        var timer = new Timer(this, task, executor);
        timer.event = world.events.scheduleEvery(delay.toNanos(), interval.toNanos(), timer);
        return timer;
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
        world.events.cancelIf(task -> {
            boolean mine = task instanceof Timer timer && timer.scheduler == this;
            if (mine && ((Timer) task).task instanceof Scheduler.TaskRunOnClose action) {
                last.add(action);
            }
            return mine;
        });
        last.forEach(Runnable::run);
    }

    /** A task and the executor it asked for. */
    private static final class Timer implements Cancellable, Runnable {
        private final VirtualScheduler scheduler;
        private final Runnable task;
        private final ExecutionContext executor;
        private EventQueue.Event event;
        private boolean cancelled;

        @SuppressWarnings("NullAway.Init")
        private Timer(VirtualScheduler scheduler, Runnable task, ExecutionContext executor) {
            this.scheduler = scheduler;
            this.task = task;
            this.executor = executor;
        }

        @Override
        public void run() {
            try {
                executor.execute(task);
            } catch (SchedulerException targetIsGone) {
                cancel();
            }
        }

        @Override
        public boolean cancel() {
            boolean prevented = event.cancel();
            cancelled |= prevented;
            return prevented;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
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
