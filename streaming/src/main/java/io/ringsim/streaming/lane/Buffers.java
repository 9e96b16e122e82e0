package io.ringsim.streaming.lane;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers outside of the heap that are used again: a lane has one at a time, so they are as many as lanes are open at once. */
final class Buffers {
    /** Large enough that a call to the system costs nothing, small enough for the processor's cache. */
    static final int BYTES = 1 << 20;

    /** A copy to a page is several times slower when it goes to a place a few bytes further in its page than where it comes from. */
    private static final int PAGE = 4 << 10;

    /** More than these are left to the collector. */
    private static final int KEPT = 64;

    private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();

    ByteBuffer take() {
        var buffer = free.pollFirst();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(BYTES + PAGE).alignedSlice(PAGE).slice(0, BYTES);
        }
        count.decrementAndGet();
        return buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        if (count.incrementAndGet() <= KEPT) {
            free.addFirst(buffer);
        } else {
            count.decrementAndGet();
        }
    }
}
