package io.ringsim.storage.disk;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers of one size outside of the heap, each at the begin of a page, that are used again. */
public final class AlignedBuffers {
    /** A copy to a page is several times slower when it goes to a place a few bytes further in its page than where it comes from. */
    static final int PAGE = 4 << 10;

    private final int bytes;
    private final int kept;
    private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Buffers of so many bytes each.
     *
     * @param kept how many of those that nobody uses; more are left to the collector
     */
    public AlignedBuffers(int bytes, int kept) {
        this.bytes = bytes;
        this.kept = kept;
    }

    /** An empty buffer: one that was given back, if there is one, or a new one. */
    public ByteBuffer take() {
        var buffer = free.pollFirst();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(bytes + PAGE).alignedSlice(PAGE).slice(0, bytes);
        }
        count.decrementAndGet();
        return buffer.clear();
    }

    /** Gives a buffer back that nobody uses any more. */
    public void giveBack(ByteBuffer buffer) {
        if (count.incrementAndGet() <= kept) {
            free.addFirst(buffer);
        } else {
            count.decrementAndGet();
        }
    }
}
