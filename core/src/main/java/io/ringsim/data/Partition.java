package io.ringsim.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * What is known under one key of a table: a deletion of all of it, a static row, rows in order, and range tombstones. A
 * value: a write is a partition with what changes, a memtable holds partitions, a read answers one.
 */
public final class Partition {
    private static final Row[] NO_ROWS = {};
    private static final Row NO_STATIC = Row.empty(Bytes.EMPTY);

    private final Key key;
    private final Deletion deletion;
    private final Row staticRow;
    private final RowTree rows;
    private final RangeTombstones ranges;
    private final long rowBytes;

    private Partition(Key key, Deletion deletion, Row staticRow, RowTree rows, RangeTombstones ranges, long rowBytes) {
        this.key = key;
        this.deletion = deletion;
        this.staticRow = staticRow;
        this.rows = rows;
        this.ranges = ranges;
        this.rowBytes = rowBytes;
    }

    private Partition(Key key, Deletion deletion, Row staticRow, RowTree rows, RangeTombstones ranges) {
        this(key, deletion, staticRow, rows, ranges, bytesOf(rows));
    }

    private static long bytesOf(RowTree rows) {
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            bytes += rows.get(i).dataSize();
        }
        return bytes;
    }

    public static Partition empty(Key key) {
        return new Partition(key, Deletion.LIVE, NO_STATIC, RowTree.EMPTY, RangeTombstones.NONE);
    }

    /** A partition of one row. */
    public static Partition of(Key key, Row row) {
        return new Partition(key, Deletion.LIVE, NO_STATIC, RowTree.of(row), RangeTombstones.NONE);
    }

    /**
     * A partition of these rows.
     *
     * @param sorted in the order of the table's comparator
     */
    public static Partition of(Key key, List<Row> sorted) {
        return new Partition(key, Deletion.LIVE, NO_STATIC, RowTree.of(sorted.toArray(NO_ROWS)), RangeTombstones.NONE);
    }

    public static Partition deleted(Key key, Deletion deletion) {
        return new Partition(key, deletion, NO_STATIC, RowTree.EMPTY, RangeTombstones.NONE);
    }

    /** A partition with one range tombstone. */
    public static Partition deleted(Key key, RangeTombstone range) {
        return new Partition(key, Deletion.LIVE, NO_STATIC, RowTree.EMPTY, new RangeTombstones(List.of(range)));
    }

    /**
     * A partition of all this.
     *
     * @param staticRow empty for none
     * @param rows in the order of the table's comparator
     * @param ranges in order, none overlapping
     */
    public static Partition of(Key key, Deletion deletion, Row staticRow, List<Row> rows, List<RangeTombstone> ranges) {
        return new Partition(
                key,
                deletion,
                staticRow.isEmpty() ? NO_STATIC : staticRow,
                RowTree.of(rows.toArray(NO_ROWS)),
                ranges.isEmpty() ? RangeTombstones.NONE : new RangeTombstones(ranges));
    }

    /** All that comes out of the rows. */
    public static Partition of(UnfilteredRows source) {
        var rows = new ArrayList<Row>();
        var ranges = new ArrayList<RangeTombstone>();
        var open = Position.BOTTOM;
        while (source.hasNext()) {
            var next = source.next();
            if (next instanceof Row row) {
                rows.add(row);
            } else if (next instanceof Marker marker) {
                if (marker.closes()) {
                    ranges.add(new RangeTombstone(new Slice(open, marker.position()), marker.before()));
                }
                open = marker.position();
            }
        }
        return new Partition(
                source.key(),
                source.deletion(),
                source.staticRow(),
                RowTree.of(rows.toArray(NO_ROWS)),
                ranges.isEmpty() ? RangeTombstones.NONE : new RangeTombstones(ranges));
    }

    /** This partition with that static row. */
    public Partition withStatic(Row row) {
        return new Partition(key, deletion, row, rows, ranges, rowBytes);
    }

    public Key key() {
        return key;
    }

    public Deletion deletion() {
        return deletion;
    }

    public Row staticRow() {
        return staticRow;
    }

    public int rowCount() {
        return rows.size();
    }

    /** The row at that place in the order, from 0. */
    public Row row(int index) {
        return rows.get(index);
    }

    public List<Row> rows() {
        var list = new ArrayList<Row>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            list.add(rows.get(i));
        }
        return list;
    }

    public Optional<Row> row(Bytes clustering, Comparator<Bytes> order) {
        int index = rows.indexOf(Position.of(clustering), order);
        return index < rows.size() && order.compare(rows.get(index).clustering(), clustering) == 0
                ? Optional.of(rows.get(index))
                : Optional.empty();
    }

    public List<RangeTombstone> rangeTombstones() {
        return ranges.ranges();
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return deletion.isLive() && staticRow.isEmpty() && rows.size() == 0 && ranges.isEmpty();
    }

    /** What is known in both, the newer where they differ. */
    public Partition merge(Partition other, TableMetadata table) {
        var union = new Union(table.cellOrder());
        var merged = rows;
        union.bytes = rowBytes + other.rowBytes;
        if (merged.size() == 0) {
            merged = other.rows;
        } else {
            for (int i = 0; i < other.rows.size(); i++) {
                merged = merged.with(other.rows.get(i), table.comparator(), union);
            }
        }
        return new Partition(
                key,
                deletion.max(other.deletion),
                staticRow.isEmpty()
                        ? other.staticRow
                        : other.staticRow.isEmpty()
                                ? staticRow
                                : staticRow.merge(other.staticRow, ComparatorType.BYTES),
                merged,
                ranges.merge(other.ranges, table.comparator()),
                union.bytes);
    }

    /** Merges rows and keeps count of the bytes that are left of them. */
    private static final class Union implements BinaryOperator<Row> {
        private final Comparator<Bytes> cellOrder;
        private long bytes;

        private Union(Comparator<Bytes> cellOrder) {
            this.cellOrder = cellOrder;
        }

        @Override
        public Row apply(Row mine, Row theirs) {
            var merged = mine.merge(theirs, cellOrder);
            bytes += (long) merged.dataSize() - mine.dataSize() - theirs.dataSize();
            return merged;
        }
    }

    /** What covers the row of that name from outside it. */
    public Deletion covering(Bytes clustering, Comparator<Bytes> order) {
        return deletion.max(ranges.at(Position.of(clustering), order));
    }

    /** Its content within the slice, one after another; the last first if {@code reversed}. */
    public UnfilteredRows read(Slice slice, boolean reversed, TableMetadata table) {
        var order = table.comparator();
        int from = rows.indexOf(slice.from(), order);
        int to = rows.indexOf(slice.to(), order);
        var markers = ranges.isEmpty() ? List.<Marker>of() : ranges.markers(slice, order);
        return new UnfilteredRows(
                key, deletion, staticRow, reversed, new Walk(rows, markers, from, Math.max(from, to), reversed, order));
    }

    /** All of its content in order. */
    public UnfilteredRows read(TableMetadata table) {
        return read(Slice.ALL, false, table);
    }

    /** Goes through rows and markers side by side. */
    private static final class Walk implements Iterator<Unfiltered> {
        private final RowTree rows;
        private final List<Marker> markers;
        private final int step;
        private final Comparator<Bytes> order;
        private int row;
        private int rowsLeft;
        private int marker;
        private int markersLeft;

        private Walk(RowTree rows, List<Marker> markers, int from, int to, boolean reversed, Comparator<Bytes> order) {
            this.rows = rows;
            this.markers = markers;
            this.step = reversed ? -1 : 1;
            this.order = order;
            this.row = reversed ? to - 1 : from;
            this.rowsLeft = to - from;
            this.marker = reversed ? markers.size() - 1 : 0;
            this.markersLeft = markers.size();
        }

        @Override
        public boolean hasNext() {
            return rowsLeft > 0 || markersLeft > 0;
        }

        @Override
        public Unfiltered next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (markersLeft == 0
                    || (rowsLeft > 0
                            && step
                                            * rows.get(row)
                                                    .position()
                                                    .compareTo(
                                                            markers.get(marker).position(), order)
                                    < 0)) {
                var next = rows.get(row);
                row += step;
                rowsLeft--;
                return next;
            }
            var next = markers.get(marker);
            marker += step;
            markersLeft--;
            return next;
        }
    }

    /** Bytes of its key, names and values. */
    public long dataSize() {
        return (long) key.bytes().size() + staticRow.dataSize() + rowBytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition that
                && key.equals(that.key)
                && deletion.equals(that.deletion)
                && staticRow.equals(that.staticRow)
                && ranges.equals(that.ranges)
                && rows().equals(that.rows());
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "Partition[" + key + ", " + deletion + ", " + staticRow + ", " + rows() + ", " + ranges.ranges() + "]";
    }
}
