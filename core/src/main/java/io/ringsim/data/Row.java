package io.ringsim.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A row of a partition: its name, whether it was inserted, when it was deleted, and its cells in the order of their
 * names. In a Super table a row is a supercolumn and its cells are subcolumns.
 */
public final class Row implements Unfiltered {
    private static final Cell[] NO_CELLS = {};

    private final Bytes clustering;
    private final Liveness liveness;
    private final Deletion deletion;
    private final Cell[] cells;

    private Row(Bytes clustering, Liveness liveness, Deletion deletion, Cell[] cells) {
        this.clustering = clustering;
        this.liveness = liveness;
        this.deletion = deletion;
        this.cells = cells;
    }

    /**
     * A row of these cells.
     *
     * @param cells one at most of each column, in the order of {@link TableMetadata#cellOrder()}
     */
    public static Row of(Bytes clustering, Liveness liveness, Deletion deletion, List<Cell> cells) {
        return new Row(clustering, liveness, deletion, cells.isEmpty() ? NO_CELLS : cells.toArray(NO_CELLS));
    }

    /** A row with one cell. */
    public static Row of(Bytes clustering, Cell cell) {
        return new Row(clustering, Liveness.NONE, Deletion.LIVE, new Cell[] {cell});
    }

    /** The tombstone of a row. */
    public static Row deleted(Bytes clustering, Deletion deletion) {
        return new Row(clustering, Liveness.NONE, deletion, NO_CELLS);
    }

    /** A row without anything. */
    public static Row empty(Bytes clustering) {
        return new Row(clustering, Liveness.NONE, Deletion.LIVE, NO_CELLS);
    }

    public Bytes clustering() {
        return clustering;
    }

    @Override
    public Position position() {
        return Position.of(clustering);
    }

    public Liveness liveness() {
        return liveness;
    }

    public Deletion deletion() {
        return deletion;
    }

    public List<Cell> cells() {
        return Collections.unmodifiableList(Arrays.asList(cells));
    }

    public int size() {
        return cells.length;
    }

    public Cell cell(int index) {
        return cells[index];
    }

    public Optional<Cell> cell(Bytes column) {
        for (var cell : cells) {
            if (cell.column().equals(column)) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }

    /** Whether nothing is left of it. */
    public boolean isEmpty() {
        return cells.length == 0 && liveness.isEmpty() && deletion.isLive();
    }

    /** Whether a reader sees it: it was inserted and lives, or one of its cells lives. */
    public boolean isLive(long nowSeconds) {
        if (liveness.isLive(nowSeconds)) {
            return true;
        }
        for (var cell : cells) {
            if (cell.isLive(nowSeconds)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of its name, its cells' names and values. */
    public int dataSize() {
        int size = clustering.size();
        for (var cell : cells) {
            size += cell.dataSize();
        }
        return size;
    }

    /** This row and that of the same name as one: of each column the cell that stays, without what the row deletion covers. */
    public Row merge(Row other, Comparator<Bytes> cellOrder) {
        var newest = deletion.max(other.deletion);
        var alive = liveness.supersedes(other.liveness) ? liveness : other.liveness;
        var merged = new ArrayList<Cell>(Math.max(cells.length, other.cells.length));
        int i = 0;
        int j = 0;
        while (i < cells.length || j < other.cells.length) {
            int order = i == cells.length
                    ? 1
                    : j == other.cells.length ? -1 : cellOrder.compare(cells[i].column(), other.cells[j].column());
            var cell = order < 0 ? cells[i] : order > 0 ? other.cells[j] : cells[i].reconcile(other.cells[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (!newest.deletes(cell.timestamp())) {
                merged.add(cell);
            }
        }
        return of(clustering, newest.deletes(alive.timestamp()) ? Liveness.NONE : alive, newest, merged);
    }

    /** This row with only these of its cells. */
    public Row only(List<Bytes> columns) {
        return of(
                clustering,
                liveness,
                deletion,
                cells().stream().filter(cell -> columns.contains(cell.column())).toList());
    }

    /** This row without what an outer deletion covers; empty when nothing is left. */
    public Row without(Deletion outer) {
        if (outer.isLive()) {
            return this;
        }
        boolean deletionStays = deletion.supersedes(outer);
        if (deletionStays && noneDeletedBy(outer)) {
            return this;
        }
        var kept = new ArrayList<Cell>(cells.length);
        for (var cell : cells) {
            if (!outer.deletes(cell.timestamp())) {
                kept.add(cell);
            }
        }
        return of(
                clustering,
                outer.deletes(liveness.timestamp()) ? Liveness.NONE : liveness,
                deletionStays ? deletion : Deletion.LIVE,
                kept);
    }

    private boolean noneDeletedBy(Deletion outer) {
        if (outer.deletes(liveness.timestamp()) && !liveness.isEmpty()) {
            return false;
        }
        for (var cell : cells) {
            if (outer.deletes(cell.timestamp())) {
                return false;
            }
        }
        return true;
    }

    /**
     * This row as it is kept from now on: what expired has become a tombstone, and tombstones that may be forgotten are;
     * empty when nothing is left.
     */
    public Row purge(Purge purge) {
        if (allLive(purge)) {
            return this;
        }
        var kept = new ArrayList<Cell>(cells.length);
        for (var cell : cells) {
            purge.apply(cell).ifPresent(kept::add);
        }
        return of(
                clustering,
                purge.forgets(liveness) ? Liveness.NONE : liveness,
                purge.forgets(deletion) ? Deletion.LIVE : deletion,
                kept);
    }

    private boolean allLive(Purge purge) {
        if (!deletion.isLive() || !(liveness.isEmpty() || liveness.isLive(purge.nowSeconds()))) {
            return false;
        }
        for (var cell : cells) {
            if (!cell.isLive(purge.nowSeconds())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that
                && clustering.equals(that.clustering)
                && liveness.equals(that.liveness)
                && deletion.equals(that.deletion)
                && Arrays.equals(cells, that.cells);
    }

    @Override
    public int hashCode() {
        return 31 * clustering.hashCode() + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return "Row[" + clustering + ", " + liveness + ", " + deletion + ", " + cells() + "]";
    }
}
