package io.ringsim.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The content of one partition, or a slice of it, as it comes from where it is kept: the deletion and the static row at
 * once, then rows and markers one by one, so that a partition may be larger than memory. Whatever range tombstone is open
 * where the slice begins is opened by a marker there, and closed by one where it ends.
 */
public final class UnfilteredRows implements Iterator<Unfiltered> {
    private final Key key;
    private final Deletion deletion;
    private final Row staticRow;
    private final boolean reversed;
    private final Iterator<? extends Unfiltered> content;

    public UnfilteredRows(
            Key key, Deletion deletion, Row staticRow, boolean reversed, Iterator<? extends Unfiltered> content) {
        this.key = key;
        this.deletion = deletion;
        this.staticRow = staticRow;
        this.reversed = reversed;
        this.content = content;
    }

    /** Nothing under that key. */
    public static UnfilteredRows empty(Key key, boolean reversed) {
        return new UnfilteredRows(key, Deletion.LIVE, Row.empty(Bytes.EMPTY), reversed, Collections.emptyIterator());
    }

    public Key key() {
        return key;
    }

    public Deletion deletion() {
        return deletion;
    }

    /** Empty when there is none. */
    public Row staticRow() {
        return staticRow;
    }

    /** Whether the last comes first; the markers of reversed rows are the same, met from behind. */
    public boolean isReversed() {
        return reversed;
    }

    @Override
    public boolean hasNext() {
        return content.hasNext();
    }

    @Override
    public Unfiltered next() {
        return content.next();
    }

    /** Whether neither a deletion nor a row nor a marker is in it. */
    public boolean isEmpty() {
        return deletion.isLive() && staticRow.isEmpty() && !hasNext();
    }

    /**
     * The content of several as that of one: rows of a name are merged, and what a deletion in any of them covers is left
     * out.
     *
     * @param sources of the same key, slice and direction, at least one
     */
    public static UnfilteredRows merge(List<UnfilteredRows> sources, TableMetadata table) {
        var first = sources.get(0);
        if (sources.size() == 1) {
            return first;
        }
        var deletion = Deletion.LIVE;
        var staticRow = Row.empty(Bytes.EMPTY);
        for (var source : sources) {
            deletion = deletion.max(source.deletion);
            staticRow = staticRow.merge(source.staticRow, ComparatorType.BYTES);
        }
        return new UnfilteredRows(
                first.key,
                deletion,
                staticRow.without(deletion),
                first.reversed,
                new Merge(sources, table, deletion, first.reversed));
    }

    /** The content as it is kept from now on: what expired is a tombstone, what may be forgotten is not in it. */
    public UnfilteredRows purge(Purge purge) {
        var kept = purge.forgets(deletion) ? Deletion.LIVE : deletion;
        return new UnfilteredRows(key, kept, staticRow.purge(purge), reversed, new Purged(this, purge));
    }

    /** Several slices, in the order they are read, as one. */
    public static UnfilteredRows concat(List<UnfilteredRows> parts) {
        var first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        var iterator = parts.iterator();
        return new UnfilteredRows(first.key, first.deletion, first.staticRow, first.reversed, new LookAhead() {
            private UnfilteredRows current = iterator.next();

            @Override
            boolean advance() {
                while (!current.hasNext()) {
                    if (!iterator.hasNext()) {
                        return false;
                    }
                    current = iterator.next();
                }
                offer(current.next());
                return true;
            }
        });
    }

    /** An iterator that finds out what comes next before it says whether there is a next. */
    abstract static class LookAhead implements Iterator<Unfiltered> {
        private static final Unfiltered NOTHING = Row.empty(Bytes.EMPTY);

        private Unfiltered next = NOTHING;

        /** Offers the next one, or returns false at the end. */
        abstract boolean advance();

        final void offer(Unfiltered found) {
            next = found;
        }

        @Override
        public final boolean hasNext() {
            return next != NOTHING || advance();
        }

        @Override
        public final Unfiltered next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var found = next;
            next = NOTHING;
            return found;
        }
    }

    private static final class Merge extends LookAhead {
        private final TableMetadata table;
        private final Deletion outer;
        private final boolean reversed;
        private final List<UnfilteredRows> sources;
        private final List<Unfiltered> heads;
        private final List<Deletion> open;
        private Deletion active = Deletion.LIVE;

        private Merge(List<UnfilteredRows> sources, TableMetadata table, Deletion outer, boolean reversed) {
            this.table = table;
            this.outer = outer;
            this.reversed = reversed;
            this.sources = new ArrayList<>();
            this.heads = new ArrayList<>();
            this.open = new ArrayList<>();
            for (var source : sources) {
                if (source.hasNext()) {
                    this.sources.add(source);
                    heads.add(source.next());
                    open.add(Deletion.LIVE);
                }
            }
        }

        @Override
        boolean advance() {
            while (!heads.isEmpty()) {
                var position = lowest();
                var found = position.side() == 0 ? mergeRows(position) : mergeMarkers(position);
                if (found != null) {
                    offer(found);
                    return true;
                }
            }
            return false;
        }

        private Position lowest() {
            var lowest = heads.get(0).position();
            for (int i = 1; i < heads.size(); i++) {
                if (compare(heads.get(i).position(), lowest) < 0) {
                    lowest = heads.get(i).position();
                }
            }
            return lowest;
        }

        private int compare(Position left, Position right) {
            int order = left.compareTo(right, table.comparator());
            return reversed ? -order : order;
        }

        private @Nullable Unfiltered mergeRows(Position position) {
            Row merged = null;
            for (int i = 0; i < heads.size(); ) {
                if (heads.get(i) instanceof Row row && compare(row.position(), position) == 0) {
                    merged = merged == null ? row : merged.merge(row, table.cellOrder());
                    i += pull(i);
                } else {
                    i++;
                }
            }
            var left = merged == null ? Row.empty(Bytes.EMPTY) : merged.without(outer.max(active));
            return left.isEmpty() ? null : left;
        }

        private @Nullable Unfiltered mergeMarkers(Position position) {
            for (int i = 0; i < heads.size(); ) {
                if (heads.get(i) instanceof Marker marker && compare(marker.position(), position) == 0) {
                    open.set(i, reversed ? marker.before() : marker.after());
                    i += pull(i);
                } else {
                    i++;
                }
            }
            var next = Deletion.LIVE;
            for (var deletion : open) {
                next = next.max(deletion);
            }
            next = next.supersedes(outer) ? next : Deletion.LIVE;
            if (next.equals(active)) {
                return null;
            }
            var marker = reversed ? new Marker(position, next, active) : new Marker(position, active, next);
            active = next;
            return marker;
        }

        /** Takes the next of a source; returns how far to go on, 0 when the source is used up and gone. */
        private int pull(int i) {
            if (sources.get(i).hasNext()) {
                heads.set(i, sources.get(i).next());
                return 1;
            }
            sources.remove(i);
            heads.remove(i);
            open.remove(i);
            return 0;
        }
    }

    private static final class Purged extends LookAhead {
        private final UnfilteredRows source;
        private final Purge purge;

        private Purged(UnfilteredRows source, Purge purge) {
            this.source = source;
            this.purge = purge;
        }

        @Override
        boolean advance() {
            while (source.hasNext()) {
                var next = source.next();
                if (next instanceof Row row) {
                    var left = row.purge(purge);
                    if (!left.isEmpty()) {
                        offer(left);
                        return true;
                    }
                } else if (next instanceof Marker marker) {
                    var before = kept(marker.before());
                    var after = kept(marker.after());
                    if (!before.equals(after)) {
                        offer(new Marker(marker.position(), before, after));
                        return true;
                    }
                }
            }
            return false;
        }

        private Deletion kept(Deletion deletion) {
            return purge.forgets(deletion) ? Deletion.LIVE : deletion;
        }
    }
}
