package io.ringsim.storage.commitlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The positions of writes that are safe elsewhere, in SSTables: a set of intervals, in order, that do not touch.
 *
 * @param intervals never changes
 */
public record FlushedPositions(List<Interval> intervals) {
    public static final FlushedPositions NOTHING = new FlushedPositions(List.of());

    private static final Comparator<Interval> ORDER = Comparator.comparing(Interval::after);

    /** The positions after {@code after}, up to {@code upTo} and with that. */
    public record Interval(CommitLogPosition after, CommitLogPosition upTo) {}

    public FlushedPositions {
        intervals = List.copyOf(intervals);
    }

    /** These and the positions after {@code after} up to {@code upTo}. */
    public FlushedPositions and(CommitLogPosition after, CommitLogPosition upTo) {
        if (!upTo.isAfter(after)) {
            return this;
        }
        var all = new ArrayList<>(intervals);
        all.add(new Interval(after, upTo));
        all.sort(ORDER);
        var merged = new ArrayList<Interval>();
        for (var each : all) {
            int last = merged.size() - 1;
            if (last < 0 || each.after().isAfter(merged.get(last).upTo())) {
                merged.add(each);
            } else if (each.upTo().isAfter(merged.get(last).upTo())) {
                merged.set(last, new Interval(merged.get(last).after(), each.upTo()));
            }
        }
        return new FlushedPositions(merged);
    }

    public FlushedPositions and(FlushedPositions others) {
        var all = this;
        for (var each : others.intervals) {
            all = all.and(each.after(), each.upTo());
        }
        return all;
    }

    public boolean contains(CommitLogPosition position) {
        return covers(position, position);
    }

    /** Whether all positions are in it from {@code first} to {@code last}, and with both. */
    boolean covers(CommitLogPosition first, CommitLogPosition last) {
        for (var each : intervals) {
            if (first.isAfter(each.after())) {
                if (!last.isAfter(each.upTo())) {
                    return true;
                }
            } else {
                return false;
            }
        }
        return false;
    }
}
