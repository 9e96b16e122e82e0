package io.ringsim.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The range tombstones of a partition, in order; no two cover the same row. */
record RangeTombstones(List<RangeTombstone> ranges) {
    static final RangeTombstones NONE = new RangeTombstones(List.of());

    RangeTombstones {
        ranges = List.copyOf(ranges);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** What covers a row where both do is the deletion that supersedes the other. */
    RangeTombstones merge(RangeTombstones other, Comparator<Bytes> order) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        var merged = new ArrayList<RangeTombstone>();
        int i = 0;
        int j = 0;
        var reached = Position.BOTTOM;
        while (i < ranges.size() || j < other.ranges.size()) {
            var left = i < ranges.size() ? ranges.get(i) : null;
            var right = j < other.ranges.size() ? other.ranges.get(j) : null;
            var from = Position.TOP;
            var to = Position.TOP;
            var deletion = Deletion.LIVE;
            for (var each : new RangeTombstone[] {left, right}) {
                if (each != null) {
                    from = min(from, max(each.slice().from(), reached, order), order);
                }
            }
            for (var each : new RangeTombstone[] {left, right}) {
                if (each != null && each.slice().from().compareTo(from, order) <= 0) {
                    deletion = deletion.max(each.deletion());
                    to = min(to, each.slice().to(), order);
                } else if (each != null) {
                    to = min(to, each.slice().from(), order);
                }
            }
            append(merged, new RangeTombstone(new Slice(from, to), deletion), order);
            reached = to;
            i += left != null && left.slice().to().compareTo(to, order) <= 0 ? 1 : 0;
            j += right != null && right.slice().to().compareTo(to, order) <= 0 ? 1 : 0;
        }
        return new RangeTombstones(merged);
    }

    private static void append(List<RangeTombstone> list, RangeTombstone next, Comparator<Bytes> order) {
        if (!list.isEmpty()) {
            var last = list.get(list.size() - 1);
            if (last.deletion().equals(next.deletion())
                    && last.slice().to().compareTo(next.slice().from(), order) == 0) {
                list.set(
                        list.size() - 1,
                        new RangeTombstone(
                                new Slice(last.slice().from(), next.slice().to()), next.deletion()));
                return;
            }
        }
        list.add(next);
    }

    /** What covers a row of that position. */
    Deletion at(Position position, Comparator<Bytes> order) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).slice().to().compareTo(position, order) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < ranges.size() && ranges.get(low).slice().from().compareTo(position, order) < 0
                ? ranges.get(low).deletion()
                : Deletion.LIVE;
    }

    /** The parts of them within the slice, as the markers where they begin and end, in order. */
    List<Marker> markers(Slice slice, Comparator<Bytes> order) {
        var markers = new ArrayList<Marker>();
        for (var range : ranges) {
            var from = max(range.slice().from(), slice.from(), order);
            var to = min(range.slice().to(), slice.to(), order);
            if (from.compareTo(to, order) < 0) {
                var last = markers.isEmpty() ? null : markers.get(markers.size() - 1);
                if (last != null && last.position().compareTo(from, order) == 0) {
                    markers.set(markers.size() - 1, new Marker(from, last.before(), range.deletion()));
                } else {
                    markers.add(new Marker(from, Deletion.LIVE, range.deletion()));
                }
                markers.add(new Marker(to, range.deletion(), Deletion.LIVE));
            }
        }
        return markers;
    }

    private static Position min(Position a, Position b, Comparator<Bytes> order) {
        return a.compareTo(b, order) <= 0 ? a : b;
    }

    private static Position max(Position a, Position b, Comparator<Bytes> order) {
        return a.compareTo(b, order) >= 0 ? a : b;
    }
}
