package io.ringsim.storage.memtable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Orders operations against barriers: whoever issues a {@link Barrier} can wait until every operation that started before it
 * has ended, while later ones start and run unhindered. [utils/concurrent/OpOrder]
 *
 * <p>Operations start in a {@link Group}. A barrier closes the current group and opens the next; it is passed when its
 * group and all groups before are empty.
 */
public final class OpOrder {
    private volatile Group current = new Group(null);

    /** Starts an operation. The group has to be closed exactly once, whatever happens. */
    public Group start() {
        while (true) {
            var group = current;
            if (group.enter()) {
                return group;
            }
            // a barrier closed it, and has put the next one in place before
        }
    }

    /** Closes the current group: what started until now comes before the barrier, what starts from now on after it. */
    public Barrier issue() {
        synchronized (this) {
            var closed = current;
            current = new Group(closed);
            closed.expire();
            return new Barrier(closed);
        }
    }

    /** Operations that started between two barriers. */
    public static final class Group implements AutoCloseable {
        private static final int EXPIRED = 1 << 31;

        /** How many run; the sign bit is set once no more may start. */
        private final AtomicInteger running = new AtomicInteger();

        private volatile @Nullable Group before;
        private volatile @Nullable Thread waiting;

        private Group(@Nullable Group before) {
            this.before = before;
        }

        private boolean enter() {
            while (true) {
                int count = running.get();
                if (count < 0) {
                    return false;
                }
                if (running.compareAndSet(count, count + 1)) {
                    return true;
                }
            }
        }

        private void expire() {
            while (true) {
                int count = running.get();
                if (running.compareAndSet(count, count | EXPIRED)) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            if (running.decrementAndGet() == EXPIRED) {
                LockSupport.unpark(waiting);
            }
        }

        private boolean isDone() {
            var earlier = before;
            if (earlier != null && !earlier.isDone()) {
                return false;
            }
            before = null; // all before are done for good: forget them
            return running.get() == EXPIRED;
        }

        private void await() {
            var earlier = before;
            if (earlier != null) {
                earlier.await();
            }
            waiting = Thread.currentThread();
            while (running.get() != EXPIRED) {
                LockSupport.park(this);
            }
        }
    }

    /** A line between operations. */
    public static final class Barrier {
        private final Group last;

        private Barrier(Group last) {
            this.last = last;
        }

        /** Whether every operation that started before has ended. */
        public boolean isPassed() {
            return last.isDone();
        }

        /** Waits until it is passed; one thread at a time. */
        public void await() {
            last.await();
            if (!last.isDone()) {
                throw new IllegalStateException("a barrier was passed too early");
            }
        }
    }
}
