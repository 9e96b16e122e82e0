package io.ringsim.storage.commitlog;

import io.ringsim.data.Mutation;
import io.ringsim.storage.codec.MutationCodec;
import io.ringsim.storage.commitlog.SegmentFormat.Marker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A section of a segment that is being filled in memory, by many at once: each {@link #reserve reserves} its place, writes
 * its entry there and {@link #release releases} it. Once it is {@link #seal sealed} nobody gets a place any more; when all
 * are released it can be written.
 */
final class Section {
    private static final long SEALED = 1L << 63;
    private static final long ONE = 1L << Integer.SIZE;

    /** So often is looked for a writer to finish before it is taken to be off its processor. */
    private static final int SPINS = 1000;

    private static final long WRITERS = ~SEALED & -ONE;

    private final Optional<Segment> segment;
    private final long segmentNumber;
    private final int base;
    private final ByteBuffer buffer;
    private final int start;
    private final int limit;

    /** From the highest bit on: whether it is sealed, how many write in it, where the next entry goes. */
    private final AtomicLong state;

    private boolean closes;

    private Section(Optional<Segment> segment, long segmentNumber, int base, ByteBuffer buffer, int limit) {
        this.segment = segment;
        this.segmentNumber = segmentNumber;
        this.base = base;
        this.buffer = buffer;
        this.start = overhead(base);
        this.limit = limit;
        this.state = new AtomicLong(start);
    }

    /**
     * An empty section.
     *
     * @param base where it begins in the segment
     * @param limit bytes that it may take, its own marker included; the buffer has those of another marker beside
     */
    static Section in(Segment segment, int base, ByteBuffer buffer, int limit) {
        return new Section(Optional.of(segment), segment.number(), base, buffer, limit);
    }

    /** Stands where nothing was appended yet, and has room for nothing. */
    static Section none(long segmentNumber) {
        return new Section(Optional.empty(), segmentNumber, 0, ByteBuffer.allocate(0), 0);
    }

    /** Bytes before the first entry of a section that begins there. */
    static int overhead(int base) {
        return base == 0 ? SegmentFormat.HEADER + SegmentFormat.MARKER : SegmentFormat.MARKER;
    }

    Optional<Segment> segment() {
        return segment;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Bytes of the section from its beginning for the entry, or -1 when it does not fit or no more are taken. */
    int reserve(int size) {
        while (true) {
            long seen = state.get();
            int end = (int) seen;
            if (seen < 0 || size > limit - end) {
                return -1;
            }
            if (state.compareAndSet(seen, seen + ONE + size)) {
                return end;
            }
        }
    }

    /** Ends the use of a place. */
    void release() {
        state.addAndGet(-ONE);
    }

    /** From now on nobody gets a place. */
    void seal() {
        state.getAndUpdate(seen -> seen | SEALED);
    }

    void unseal() {
        state.getAndUpdate(seen -> seen & ~SEALED);
    }

    /** Waits for those that write into it: each for about as long as it takes to copy its entry. */
    @SuppressWarnings("ThreadPriorityCheck") // a writer that is off its processor gets this one
    void awaitWriters() {
        for (int spins = 0; (state.get() & WRITERS) != 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Whether it begins there; at its own {@link #endPosition end}: whether nothing was in it. */
    boolean beginsAt(CommitLogPosition position) {
        return position.segment() == segmentNumber && position.offset() == base;
    }

    /** Bytes from the beginning of the segment to where the next section begins. */
    int end() {
        int end = (int) state.get();
        return end == start ? base : base + end;
    }

    /** Bytes that it takes in the segment. */
    int length() {
        return end() - base;
    }

    CommitLogPosition endPosition() {
        return new CommitLogPosition(segmentNumber, end());
    }

    /** Puts an entry into its place, and notes which tables have something in the segment now. */
    CommitLogPosition put(int at, Mutation mutation, int size) {
        var written = segment.orElseThrow();
        int payload = at + 2 * Integer.BYTES;
        boolean complete = false;
        try {
            MutationCodec.write(mutation, buffer.duplicate().position(payload).limit(payload + size));
            complete = true;
        } finally {
            // what was given up must not cut off what comes after it
            int stated = complete ? size : -size;
            buffer.putInt(at, stated);
            buffer.putInt(at + Integer.BYTES, SegmentFormat.sizeCrc(stated) ^ written.salt());
        }
        buffer.putInt(payload + size, SegmentFormat.crc(buffer, payload, size) ^ written.salt());
        int end = base + at + size + SegmentFormat.ENTRY_OVERHEAD;
        for (int i = 0; i < mutation.updates().size(); i++) {
            written.markDirty(mutation.updates().get(i).table(), end);
        }
        return new CommitLogPosition(segmentNumber, end);
    }

    /** The segment ends after it. */
    void closesSegment() {
        closes = true;
    }

    boolean isClosing() {
        return closes;
    }

    /** Writes it; the log of this life is safe up to {@code durable}. */
    void write(long life, CommitLogPosition durable) throws IOException {
        if (segment.isEmpty()) {
            return;
        }
        var to = segment.get();
        int length = length();
        if (length > 0) {
            if (base == 0) {
                SegmentFormat.putHeader(buffer, segmentNumber, life);
            }
            int marker = start - SegmentFormat.MARKER;
            SegmentFormat.putMarker(buffer, marker, base + marker, new Marker(base + length, durable), to.salt());
        }
        if (closes) {
            SegmentFormat.putMarker(buffer, length, base + length, new Marker(base + length, durable), to.salt());
            length += SegmentFormat.MARKER;
        }
        to.write(buffer.duplicate().position(0).limit(length), base);
    }
}
