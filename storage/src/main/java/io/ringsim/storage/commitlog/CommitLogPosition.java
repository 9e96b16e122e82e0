package io.ringsim.storage.commitlog;

import java.util.Comparator;

/**
 * A place between two entries of the log; an entry's own is the one right after it.
 *
 * @param segment the segment's number; they are never used again
 * @param offset bytes from the beginning of the segment
 */
public record CommitLogPosition(long segment, int offset) implements Comparable<CommitLogPosition> {
    /** Before all entries. */
    public static final CommitLogPosition NONE = new CommitLogPosition(0, 0);

    private static final Comparator<CommitLogPosition> ORDER =
            Comparator.comparingLong(CommitLogPosition::segment).thenComparingInt(CommitLogPosition::offset);

    @Override
    public int compareTo(CommitLogPosition other) {
        return ORDER.compare(this, other);
    }

    public boolean isAfter(CommitLogPosition other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return segment + ":" + offset;
    }
}
