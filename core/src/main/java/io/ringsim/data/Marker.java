package io.ringsim.data;

/**
 * Where the range tombstone that rows are covered by changes: one ends, one begins, or both.
 *
 * @param position of side -1 or 1, or an edge of the partition
 * @param before what covers the rows before it; {@link Deletion#LIVE} if nothing
 * @param after what covers the rows after it; never the same as {@code before}
 */
public record Marker(Position position, Deletion before, Deletion after) implements Unfiltered {
    public Marker {
        if (position.side() == 0 || before.equals(after)) {
            throw new IllegalArgumentException("nothing changes at " + position + " from " + before + " to " + after);
        }
    }

    public boolean opens() {
        return !after.isLive();
    }

    public boolean closes() {
        return !before.isLive();
    }
}
