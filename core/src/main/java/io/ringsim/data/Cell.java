package io.ringsim.data;

/**
 * The value of a column at a timestamp, or the tombstone of one.
 *
 * @param column the name, unique within its row
 * @param timestamp when it was written, by the writer's clock, in microseconds by convention
 * @param ttl seconds it lives, 0 for ever
 * @param localDeletionTime when it expires or was deleted, in seconds since 1970; {@link #NEVER} if neither
 */
public record Cell(Bytes column, long timestamp, int ttl, long localDeletionTime, Bytes value) {
    /** The deletion time of what is neither deleted nor expires. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The longest time to live: 20 years. */
    public static final int MAX_TTL = 20 * 365 * 24 * 60 * 60;

    public Cell {
        if (ttl < 0 || ttl > MAX_TTL) {
            throw new IllegalArgumentException("a time to live is 0 to " + MAX_TTL + " s, not " + ttl);
        }
        if (ttl > 0 && localDeletionTime == NEVER) {
            throw new IllegalArgumentException("a cell that lives " + ttl + " s expires");
        }
    }

    public static Cell live(Bytes column, long timestamp, Bytes value) {
        return new Cell(column, timestamp, 0, NEVER, value);
    }

    /** A cell that expires {@code ttl} seconds after now; one that lives for ever when that is 0. */
    public static Cell expiring(Bytes column, long timestamp, int ttl, long nowSeconds, Bytes value) {
        return ttl == 0 ? live(column, timestamp, value) : new Cell(column, timestamp, ttl, nowSeconds + ttl, value);
    }

    public static Cell tombstone(Bytes column, long timestamp, long localDeletionTime) {
        return new Cell(column, timestamp, 0, localDeletionTime, Bytes.EMPTY);
    }

    public boolean isExpiring() {
        return ttl > 0;
    }

    public boolean isTombstone() {
        return ttl == 0 && localDeletionTime != NEVER;
    }

    public boolean isLive(long nowSeconds) {
        return localDeletionTime == NEVER || (ttl > 0 && nowSeconds < localDeletionTime);
    }

    /**
     * The one of two cells of a column that stays: the later one; at one timestamp the tombstone, then the expiring one,
     * then the one with the later deletion time, then the shorter time to live, then the greater value.
     * [db/rows/Cells.resolveRegular]
     */
    public Cell reconcile(Cell other) {
        if (timestamp != other.timestamp) {
            return timestamp > other.timestamp ? this : other;
        }
        int byKind = Integer.compare(strength(), other.strength());
        if (byKind != 0) {
            return byKind > 0 ? this : other;
        }
        if (localDeletionTime != other.localDeletionTime) {
            return localDeletionTime > other.localDeletionTime ? this : other;
        }
        if (ttl != other.ttl) {
            return ttl < other.ttl ? this : other;
        }
        return value.compareTo(other.value) >= 0 ? this : other;
    }

    private int strength() {
        return isTombstone() ? 2 : isExpiring() ? 1 : 0;
    }

    /** Bytes of its name and value. */
    public int dataSize() {
        return column.size() + value.size();
    }
}
