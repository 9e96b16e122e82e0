package io.ringsim.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands buffers from the thread that fills them to what takes them, one at a time and in order: beside the thread, in a task
 * of the {@link WriteBehind}; in the thread itself when too many wait and no task is at it. So it never waits for a task
 * that does not run.
 */
public final class Handover {
    /** What is done with a buffer. */
    @FunctionalInterface
    public interface Taker {
        void take(ByteBuffer full) throws IOException;
    }

    /** Enough that neither side waits when the other is slow for a moment. */
    private static final int AHEAD = 4;

    private final WriteBehind helper;
    private final Taker taker;
    private final int ahead;
    private final IntFunction<ByteBuffer> allocator;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> empty = new ArrayDeque<>();
    private boolean called;
    private boolean busy;
    private @Nullable IOException failure;

    /** One whose buffers are on the heap. */
    public Handover(WriteBehind helper, Taker taker) {
        this(helper, taker, AHEAD, ByteBuffer::allocate);
    }

    /**
     * One with such buffers.
     *
     * @param ahead how many may wait, 0 or more
     */
    Handover(WriteBehind helper, Taker taker, int ahead, IntFunction<ByteBuffer> allocator) {
        this.helper = helper;
        this.taker = taker;
        this.ahead = helper == WriteBehind.NONE ? 0 : ahead;
        this.allocator = allocator;
    }

    /**
     * Has a buffer taken, now or later.
     *
     * @throws IOException when this or an earlier one could not be
     */
    public void give(ByteBuffer full) throws IOException {
        if (isCallDue(full)) {
            helper.later(this::help);
        }
        awaitTaken(ahead, false);
    }

    private boolean isCallDue(ByteBuffer full) {
        lock.lock();
        try {
            waiting.add(full);
            boolean due = ahead > 0 && !called;
            called |= due;
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** A buffer of at least that size which was taken, if there is one, or a new one. */
    public ByteBuffer empty(int size) {
        lock.lock();
        try {
            var again = empty.poll();
            return again != null && again.capacity() >= size ? again.clear() : allocator.apply(size);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all are taken. */
    public void finish() throws IOException {
        awaitTaken(0, true);
    }

    /** Lets nothing be taken from now on. */
    public void abandon() {
        lock.lock();
        try {
            fail(new IOException("the writer was closed"));
            while (busy) {
                taken.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitTaken(int mayWait, boolean idle) throws IOException {
        lock.lock();
        try {
            while (waiting.size() > mayWait || (idle && busy)) {
                if (busy) {
                    taken.awaitUninterruptibly();
                } else {
                    takeOne();
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    private void help() {
        lock.lock();
        try {
            called = false;
            while (!busy && !waiting.isEmpty()) {
                takeOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first that waits; with the lock, which is free meanwhile. */
    private void takeOne() {
        var full = waiting.remove();
        busy = true;
        boolean done = false;
        IOException refused = null;
        lock.unlock();
        try {
            taker.take(full);
            done = true;
        } catch (IOException failed) {
            refused = failed;
        } finally {
            lock.lock();
            busy = false;
            empty.add(full);
            if (!done) {
                fail(
                        refused == null
                                ? new IOException("what was to be written was not, by a fault of the program")
                                : refused);
            }
            taken.signalAll();
        }
    }

    private void fail(IOException why) {
        failure = failure == null ? why : failure;
        waiting.clear();
    }
}
