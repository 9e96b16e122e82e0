package io.ringsim.storage.table;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all memtables of a store share. When it is used up writers wait, in order, until a flush gives some back. */
public final class Memory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /**
     * So much memory.
     *
     * @param limit bytes
     */
    public Memory(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("memtables need memory, not " + limit + " bytes");
        }
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /**
     * Whether the writer may go on; if not it is run later, once, when there is room. A write may take more than is left, so
     * that none is too large to pass; only those after it wait.
     */
    public boolean admit(Runnable writer) {
        if (used.get() < limit) {
            return true;
        }
        synchronized (this) {
            if (used.get() < limit) {
                return true;
            }
            waiting.add(writer);
            return false;
        }
    }

    void allocated(long bytes) {
        used.addAndGet(bytes);
    }

    void released(long bytes) {
        used.addAndGet(-bytes);
        resume();
    }

    /** Lets writers go on as far as there is room for. */
    public void resume() {
        while (used.get() < limit) {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    /** Takes all that wait, to be told that nothing will come of it. */
    public synchronized void resumeAll() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
