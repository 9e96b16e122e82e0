package io.ringsim.storage.commitlog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The segments in which something was written and is not yet safe. For one thread at a time, but {@link #becameMuch}. */
final class Unforced {
    private final Set<Segment> segments = new LinkedHashSet<>();
    private final long enough;
    private final AtomicBoolean much = new AtomicBoolean();
    private long bytes;

    /**
     * @param enough bytes for the disk to work on; what is left at a sync, which is less, should soon be safe
     */
    Unforced(long enough) {
        this.enough = enough;
    }

    /** Adds what was just written. */
    void add(Section written) {
        if (written.segment().isEmpty()) {
            return;
        }
        var segment = written.segment().get();
        segments.add(segment);
        if (written.isClosing()) {
            segment.complete();
        }
        if (bytes < enough && bytes + written.length() >= enough) {
            much.set(true);
        }
        bytes += written.length();
    }

    /** Whether making it safe should begin; true once, until all was taken. */
    boolean becameMuch() {
        return much.get() && much.getAndSet(false);
    }

    /** All of them, which are about to be forced. */
    List<Segment> take() {
        var taken = List.copyOf(segments);
        segments.clear();
        bytes = 0;
        much.set(false);
        return taken;
    }

    boolean contains(Segment segment) {
        return segments.contains(segment);
    }
}
