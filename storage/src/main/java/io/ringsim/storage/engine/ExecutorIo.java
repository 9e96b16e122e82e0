package io.ringsim.storage.engine;

import static java.util.Objects.requireNonNull;

import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Does the work on an executor, on as many of its threads as there are lanes, and reads on any. Where the disk's time is not
 * the executor's, for the disk is simulated, an outcome is told when that time is over, and the lane stays taken until then.
 */
public final class ExecutorIo implements Io {
    /** Runs something later. */
    @FunctionalInterface
    public interface Timer {
        void after(Duration delay, Runnable task);
    }

    private final Executor executor;
    private final Timer timer;
    private final LongSupplier extraNanos;
    private final Line log = new Line();
    private final Line flush = new Line();
    private final Line compaction = new Line();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    /** Pieces of work that were begun and are not over. */
    private int begun;

    private boolean ended;

    /**
     * Does work there.
     *
     * @param extraNanos how much longer than it took the work done since the last call takes, in nanoseconds; {@link
     *     Long#MAX_VALUE} if it never ends. Always 0 on a real disk
     */
    public ExecutorIo(Executor executor, Timer timer, LongSupplier extraNanos) {
        this.executor = executor;
        this.timer = timer;
        this.extraNanos = extraNanos;
    }

    @Override
    public <T> void runAfter(Duration delay, Lane lane, Task<? extends T> task, Outcome<? super T> then) {
        if (delay.isZero()) {
            run(lane, task, then);
        } else {
            timer.after(delay, () -> run(lane, task, then));
        }
    }

    @Override
    public <T> void run(Lane lane, Task<? extends T> task, Outcome<? super T> then) {
        switch (lane) {
            case READ -> executor.execute(() -> perform(task, then, () -> {}));
            case LOG -> log.run(task, then);
            case FLUSH -> flush.run(task, then);
            case COMPACTION -> compaction.run(task, then);
        }
    }

    /** Work that is done in order, one piece at a time. */
    private final class Line {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private boolean taken;

        private <T> void run(Task<? extends T> task, Outcome<? super T> then) {
            synchronized (this) {
                queue.add(() -> perform(task, then, this::next));
                if (taken) {
                    return;
                }
                taken = true;
            }
            next();
        }

        private void next() {
            Runnable work;
            synchronized (this) {
                work = queue.poll();
                taken = work != null;
            }
            if (work != null) {
                executor.execute(work);
            }
        }
    }

    /**
     * Begins no work any more, and tells nobody of what was not begun; returns when what was begun is over. Not to be called by
     * such work.
     */
    public void end() {
        lock.lock();
        try {
            ended = true;
            while (begun > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> void perform(Task<? extends T> task, Outcome<? super T> then, Runnable after) {
        if (begin()) {
            Runnable outcome;
            try {
                outcome = result(task, then);
            } finally {
                over();
            }
            tell(outcome, after);
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            begun += ended ? 0 : 1;
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private void over() {
        lock.lock();
        try {
            begun--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does the task; what is returned tells the outcome. */
    private static <T> Runnable result(Task<? extends T> task, Outcome<? super T> then) {
        try {
            T result = task.run();
            return () -> then.succeeded(result);
        } catch (IOException failed) {
            return () -> then.failed(failed);
        } catch (UncheckedIOException wrapped) {
            var failed = requireNonNull(wrapped.getCause());
            return () -> then.failed(failed);
        }
    }

    private void tell(Runnable outcome, Runnable after) {
        long extra = extraNanos.getAsLong();
        if (extra == 0) {
            finish(outcome, after);
        } else if (extra != Long.MAX_VALUE) {
            timer.after(Duration.ofNanos(extra), () -> finish(outcome, after));
        }
    }

    private static void finish(Runnable outcome, Runnable after) {
        try {
            outcome.run();
        } finally {
            after.run();
        }
    }
}
