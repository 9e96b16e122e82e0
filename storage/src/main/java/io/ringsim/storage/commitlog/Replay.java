package io.ringsim.storage.commitlog;

import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log, segment by segment and in each section by section.
 *
 * <p>Where something cannot be read the question is whether it was ever safe. If it was, then markers written later may say
 * so, in the rest of the segment or in later ones of the same life; then it is corrupt. If none does, the crash came before
 * it was safe: the segment ends there.
 */
public final class Replay {
    private static final String REMEDY = "restore the file from a backup, or move it away, or start once with the"
            + " commit log's corruption policy SKIP to go on after it; then repair this node";

    /** Where to go on reading in a segment that is at its end. */
    private static final int END = Integer.MAX_VALUE;

    private final Disk disk;
    private final String directory;
    private final ReplayPolicy policy;
    private final ReplayedWrites writes;
    private final List<ReplayReport.LeftOut> torn = new ArrayList<>();
    private final List<ReplayReport.LeftOut> corrupt = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();

    private Replay(Disk disk, String directory, ReplayPolicy policy, ReplayedWrites writes) {
        this.disk = disk;
        this.directory = directory;
        this.policy = policy;
        this.writes = writes;
    }

    /**
     * Reads a log that nobody has open, the oldest segment first. It changes nothing and may be done again.
     *
     * @throws CorruptFile when something that was safe cannot be read and the settings say stop,
     *     or when a file is of a version that this program does not know
     */
    public static ReplayReport of(
            Disk disk,
            String directory,
            CommitLogSettings settings,
            Partitioner partitioner,
            ReplayFilter filter,
            MutationHandler handler)
            throws IOException {
        return new Replay(disk, directory, settings.onCorruption(), new ReplayedWrites(partitioner, filter, handler))
                .run();
    }

    private ReplayReport run() throws IOException {
        for (var name : disk.list(directory)) {
            SegmentFormat.segment(name).ifPresent(numbers::add);
        }
        numbers.sort(null);
        for (long number : numbers) {
            read(SegmentBytes.load(disk, directory, number));
        }
        return writes.report(numbers.size(), torn, corrupt);
    }

    private void read(SegmentBytes segment) throws IOException {
        int at = begin(segment);
        while (at < segment.length()) {
            var marker = segment.marker(at);
            if (marker.isEmpty()) {
                at = segment.isZeroFrom(at) && !wasSafe(segment, at)
                        ? END
                        : unreadable(segment, at, segment.nextMarker(at + 1), "no section begins there");
            } else if (marker.get().next() == at) {
                return;
            } else {
                at = readSection(
                        segment, at + SegmentFormat.MARKER, marker.get().next());
            }
        }
        if (at == segment.length() && wasSafe(segment, at)) {
            corrupt(segment, at, at, "the file is cut off, though what came there was safe");
        }
    }

    /** Where the first section begins. */
    private int begin(SegmentBytes segment) throws IOException {
        var header = segment.header();
        if (header.isPresent() && header.get().version() != SegmentFormat.VERSION) {
            throw new CorruptFile(
                    segment.path(),
                    0,
                    "it is of version " + header.get().version() + " of the format, and this program reads version "
                            + SegmentFormat.VERSION,
                    "replay it with the program that wrote it");
        }
        if (header.isPresent() && header.get().segment() == segment.number()) {
            return SegmentFormat.HEADER;
        }
        if (segment.length() == 0) {
            return 0;
        }
        boolean unused = header.isPresent() || segment.isZeroFrom(0);
        return unused && !wasSafe(segment, 0)
                ? END
                : unreadable(
                        segment, 0, segment.nextMarker(SegmentFormat.HEADER), "it does not begin as a segment does");
    }

    /** Reads the entries of a section; returns where to go on. */
    private int readSection(SegmentBytes segment, int from, int end) throws IOException {
        int readable = Math.min(end, segment.length());
        int at = from;
        while (at < readable) {
            int size = segment.entrySize(at, readable);
            if (size == 0) {
                return unreadable(segment, at, end, "the size of a write is not what was written");
            }
            int next = at + SegmentFormat.ENTRY_OVERHEAD + Math.abs(size);
            if (size > 0) {
                int resume = readEntry(segment, at, size, next);
                if (resume == END) {
                    return END;
                }
            }
            at = next;
        }
        return end > segment.length()
                ? unreadable(segment, segment.length(), END, "the file is cut off, it went on to " + end)
                : at;
    }

    private int readEntry(SegmentBytes segment, int at, int size, int next) throws IOException {
        var entry = segment.entry(at, size);
        if (entry.isEmpty()) {
            return unreadable(segment, at, next, "a write of " + size + " bytes is not what was written");
        }
        try {
            writes.accept(entry.get(), new CommitLogPosition(segment.number(), next));
            return next;
        } catch (Malformed malformed) {
            return corrupt(segment, at, next, "a write of " + size + " bytes is none: " + malformed.getMessage());
        }
    }

    /** Decides what it means that something cannot be read there; returns where to go on. */
    private int unreadable(SegmentBytes segment, int at, int resume, String why) throws IOException {
        if (wasSafe(segment, at)) {
            return corrupt(segment, at, resume, why + ", though it was safe");
        }
        torn.add(new ReplayReport.LeftOut(segment.path(), at, segment.length() - at, why + ", and it was never safe"));
        return END;
    }

    private int corrupt(SegmentBytes segment, int at, int resume, String why) throws IOException {
        if (policy == ReplayPolicy.STOP) {
            throw new CorruptFile(segment.path(), at, why, REMEDY);
        }
        corrupt.add(new ReplayReport.LeftOut(segment.path(), at, Math.min(resume, segment.length()) - at, why));
        return resume < segment.length() ? resume : END;
    }

    /** Whether a marker says that what comes after that place in the segment was safe. */
    private boolean wasSafe(SegmentBytes segment, int at) throws IOException {
        var place = new CommitLogPosition(segment.number(), at);
        if (segment.saysSafeAfter(place, at)) {
            return true;
        }
        for (long number : numbers) {
            if (number > segment.number()) {
                var later = SegmentBytes.load(disk, directory, number);
                Optional<Long> life = later.header().map(SegmentFormat.Header::life);
                if (life.isPresent() && life.get() > segment.number()) {
                    return false;
                }
                if (life.isPresent() && later.saysSafeAfter(place, SegmentFormat.HEADER)) {
                    return true;
                }
            }
        }
        return false;
    }
}
