package io.ringsim.data;

import java.util.Comparator;

/**
 * A place among the rows of a partition: a row's own, or just before or after where a row of that name would be. The ends
 * of slices and range tombstones are places of the latter kinds, so whether an end includes its row needs no saying.
 *
 * @param side -1 just before the row of that name, 0 the row, 1 just after it; -2 and 2 before and after all rows
 */
public record Position(Bytes clustering, int side) {
    private static final int EDGE = 2;

    /** Before all rows. */
    public static final Position BOTTOM = new Position(Bytes.EMPTY, -EDGE);

    /** After all rows. */
    public static final Position TOP = new Position(Bytes.EMPTY, EDGE);

    public Position {
        if (side < -EDGE || side > EDGE || (Math.abs(side) == EDGE && !clustering.isEmpty())) {
            throw new IllegalArgumentException("no such side of " + clustering + ": " + side);
        }
    }

    public static Position of(Bytes clustering) {
        return new Position(clustering, 0);
    }

    public static Position before(Bytes clustering) {
        return new Position(clustering, -1);
    }

    public static Position after(Bytes clustering) {
        return new Position(clustering, 1);
    }

    /** Whether this is before or after all rows. */
    public boolean isEdge() {
        return Math.abs(side) == EDGE;
    }

    /** The order of positions when rows order by {@code comparator}. */
    public int compareTo(Position other, Comparator<Bytes> comparator) {
        if (isEdge() || other.isEdge()) {
            return Integer.compare(isEdge() ? side : 0, other.isEdge() ? other.side : 0);
        }
        int byName = comparator.compare(clustering, other.clustering);
        return byName != 0 ? byName : Integer.compare(side, other.side);
    }
}
