package io.ringsim.storage.engine;

import io.ringsim.storage.commitlog.CommitLog;
import io.ringsim.storage.commitlog.CommitLogPosition;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Syncs the log for threads that wait for it. One of them leads: it syncs for itself and for all that have appended by
 * then, and hands the lead to one that has not been served. So a thread that is alone waits for nobody, and many share.
 *
 * <p>Threads that were served together tend to come back together. The next leader gives them a moment to do so, or they
 * would share only every other sync.
 */
final class SharedSync {
    /** Less than a sync takes on most disks. A leader that knows of no others waits for none. */
    private static final long MOMENT_NANOS = 200_000;

    private enum State {
        WAITS,
        LEADS,
        SERVED
    }

    private static final class Waiting {
        private final CommitLogPosition position;
        private final Thread thread = Thread.currentThread();
        private volatile State state = State.WAITS;

        private Waiting(CommitLogPosition position) {
            this.position = position;
        }

        /** Waits until it is served, or leads. */
        private State await() {
            boolean interrupted = false;
            while (state == State.WAITS) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
            return state;
        }
    }

    private final CommitLog log;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean isLed;
    private int expected = 1;
    private Thread gathers = Thread.currentThread();

    SharedSync(CommitLog log) {
        this.log = log;
    }

    /**
     * Returns when the log is safe up to there.
     *
     * @throws IOException when it is not known to be
     */
    void await(CommitLogPosition position) throws IOException {
        if (!position.isAfter(log.durable())) {
            return;
        }
        var mine = new Waiting(position);
        if (queues(mine) && mine.await() == State.SERVED) {
            return;
        }
        gather();
        try {
            log.sync(position);
        } finally {
            handOver();
        }
    }

    /** False if nobody led, and the caller does from now on. */
    private synchronized boolean queues(Waiting mine) {
        if (!isLed) {
            isLed = true;
            return false;
        }
        waiting.add(mine);
        if (waiting.size() + 1 == expected) {
            LockSupport.unpark(gathers);
        }
        return true;
    }

    private void gather() {
        if (lacksSome()) {
            LockSupport.parkNanos(this, MOMENT_NANOS);
        }
    }

    private synchronized boolean lacksSome() {
        gathers = Thread.currentThread();
        return waiting.size() + 1 < expected;
    }

    /** Tells whom the sync served, and who leads now. */
    private void handOver() {
        List<Thread> awake = new ArrayList<>();
        synchronized (this) {
            expected = waiting.size() + 1;
            var durable = log.durable();
            waiting.removeIf(each -> {
                boolean served = !each.position.isAfter(durable);
                if (served) {
                    each.state = State.SERVED;
                    awake.add(each.thread);
                }
                return served;
            });
            var next = waiting.poll();
            isLed = next != null;
            if (next != null) {
                next.state = State.LEADS;
                awake.add(0, next.thread);
            }
        }
        awake.forEach(LockSupport::unpark);
    }
}
