package io.ringsim.storage.commitlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the sections of the log, one after the other, and keeps two buffers for them. Not for many threads at once. */
final class Sections {
    /** From this size on a buffer is worth the cost of memory that the system can read directly. */
    private static final int DIRECT = 1 << 20;

    private static final int KEPT = 2;

    private final CommitLogSettings settings;
    private final Segments segments;
    private final List<ByteBuffer> idle = new ArrayList<>();

    Sections(CommitLogSettings settings, Segments segments) {
        this.settings = settings;
        this.segments = segments;
    }

    /**
     * An empty section behind one that takes no more entries: in the same segment, or in a new one when the entry does not
     * fit there.
     *
     * @param entry bytes of the entry it is made for; 0 for any
     */
    Section after(Section full, int entry) throws IOException {
        int base = full.end();
        if (full.segment().isPresent() && (entry == 0 || Section.overhead(base) + entry <= room(base))) {
            return section(full.segment().get(), base, entry);
        }
        var next = section(segments.create(), 0, entry);
        full.closesSegment();
        return next;
    }

    private int room(int base) {
        return settings.segmentSize() - SegmentFormat.MARKER - base;
    }

    private Section section(Segment segment, int base, int entry) {
        var buffer = buffer(Section.overhead(base) + entry);
        return Section.in(segment, base, buffer, Math.min(buffer.capacity() - SegmentFormat.MARKER, room(base)));
    }

    /** A buffer for a section of the needed size, or of more, and a marker. */
    private ByteBuffer buffer(int needed) {
        if (needed > settings.bufferSize()) {
            return ByteBuffer.allocate(needed + SegmentFormat.MARKER);
        }
        if (!idle.isEmpty()) {
            return idle.remove(0);
        }
        return settings.bufferSize() >= DIRECT
                ? ByteBuffer.allocateDirect(usualSize())
                : ByteBuffer.allocate(usualSize());
    }

    private int usualSize() {
        return settings.bufferSize() + SegmentFormat.MARKER;
    }

    /** The section was written, and nobody uses its buffer any more. */
    void giveBack(Section written) {
        if (written.buffer().capacity() == usualSize() && idle.size() < KEPT) {
            idle.add(written.buffer());
        }
    }
}
