package io.ringsim.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link java.util.concurrent.Executors} makes in a world: its tasks are turns of the world, its delays virtual time. Of as many threads as
 * were asked for each has at most one task in line, and among those the seed chooses; so a single thread keeps the order
 * in which tasks came. As anywhere, a raw task that throws is a bug, which ends the run; a submitted one keeps what it
 * threw.
 */
final class WorldExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final World world;
    private final int threads;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Set<InLine> inLine = new LinkedHashSet<>();
    private final Set<Task<?>> delayed = new LinkedHashSet<>();
    private int running;
    private boolean shutdown;

    WorldExecutor(World world, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an executor has a thread or more, not " + threads);
        }
        this.world = world;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        admit(task);
        put(task);
    }

    private void admit(Runnable task) {
        if (!world.isOwner()) {
            throw world.intrusion("the task " + task.getClass().getName() + " for an executor of this world");
        }
        if (shutdown || world.isClosed()) {
            throw new RejectedExecutionException(
                    world.isClosed() ? "the simulation is closed" : "the executor is shut down");
        }
    }

    private void put(Runnable task) {
        if (inLine.size() + running < threads) {
            begin(task);
        } else {
            waiting.add(task);
        }
    }

    private void begin(Runnable task) {
        var turn = new InLine(task);
        inLine.add(turn);
        world.ready(turn);
    }

    /** A task that a thread took on. */
    private final class InLine implements Turn {
        private final Runnable task;

        private InLine(Runnable task) {
            this.task = task;
        }

        @Override
        public String subject() {
            return "the task " + task.getClass().getName() + " of an executor";
        }

        @Override
        public void take() {
            if (!inLine.remove(this)) {
                return;
            }
            running++;
            try {
                task.run();
            } finally {
                running--;
                var next = waiting.poll();
                if (next != null) {
                    begin(next);
                }
            }
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return later(new Task<@Nullable Object>(task, null, 0), unit.toNanos(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return later(new Task<>(task, 0), unit.toNanos(delay));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return every(task, delay, period, unit);
    }

    /** No virtual time passes while a task runs, so a fixed delay and a fixed rate are the same. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return every(task, delay, pause, unit);
    }

    private ScheduledFuture<?> every(Runnable task, long delay, long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("a period is longer than nothing: " + period + " " + unit);
        }
        return later(new Task<@Nullable Object>(task, null, Math.max(1, unit.toNanos(period))), unit.toNanos(delay));
    }

    private <V extends @Nullable Object> Task<V> later(Task<V> task, long nanos) {
        admit(task);
        task.waitFor(nanos);
        return task;
    }

    /** Repeated tasks end; what was to run once still does, as in the JDK. */
    @Override
    public void shutdown() {
        shutdown = true;
        List.copyOf(delayed).stream().filter(Task::isPeriodic).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        var never = new ArrayList<Runnable>();
        inLine.forEach(turn -> never.add(turn.task));
        never.addAll(waiting);
        never.addAll(delayed);
        inLine.clear();
        waiting.clear();
        delayed.forEach(Task::forget);
        delayed.clear();
        return never;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && running == 0 && inLine.isEmpty() && waiting.isEmpty() && delayed.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return world.await(this::isTerminated, unit.toNanos(timeout), "ExecutorService.awaitTermination");
    }

    /** One after the other until one succeeds. */
    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        ExecutionException last = null;
        for (var task : tasks) {
            try {
                return submit(task).get();
            } catch (ExecutionException failed) {
                last = failed;
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("no tasks to choose from");
        }
        throw last;
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException {
        return invokeAny(tasks);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return new Task<>(task, 0);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return new Task<>(task, value, 0);
    }

    /** A task and what came of it. Who waits for it lets the world go on. */
    private final class Task<V extends @Nullable Object> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long period;
        private long due;
        private EventQueue.@Nullable Event timer;

        private Task(Callable<V> task, long period) {
            super(task);
            this.period = period;
        }

        private Task(Runnable task, @Nullable V value, long period) {
            super(task, value);
            this.period = period;
        }

        private void waitFor(long nanos) {
            due = world.later(nanos);
            delayed.add(this);
            timer = world.events.schedule(nanos, () -> {
                delayed.remove(this);
                put(this);
            });
        }

        private void forget() {
            if (timer != null) {
                timer.cancel();
            }
        }

        @Override
        public void run() {
            if (period == 0) {
                super.run();
            } else if (runAndReset()) {
                if (shutdown) {
                    cancel(false);
                } else {
                    waitFor(period);
                }
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && delayed.remove(this)) {
                forget();
            }
            return cancelled;
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            world.await(this::isDone, "Future.get");
            return super.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            if (!world.await(this::isDone, unit.toNanos(timeout), "Future.get")) {
                throw new TimeoutException("not there after " + timeout + " " + unit + " of virtual time");
            }
            return super.get();
        }

        @Override
        public boolean isPeriodic() {
            return period > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - world.clock.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
