package io.ringsim.data;

import java.util.Optional;

/**
 * Which tombstones may be forgotten now.
 *
 * @param nowSeconds what expired before that is no more
 * @param gcBefore tombstones made before that, in seconds since 1970, have been kept for long enough
 * @param oldestElsewhere the smallest timestamp of data that may be covered by a tombstone here and is not part of what is
 *     looked at; only older tombstones may go. {@link Long#MAX_VALUE} when there is no such data
 */
public record Purge(long nowSeconds, long gcBefore, long oldestElsewhere) {
    /** Nothing may be forgotten; what expired is a tombstone. */
    public static Purge nothing(long nowSeconds) {
        return new Purge(nowSeconds, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private boolean forgets(long timestamp, long localDeletionTime) {
        return localDeletionTime < gcBefore && timestamp < oldestElsewhere;
    }

    public boolean forgets(Deletion deletion) {
        return !deletion.isLive() && forgets(deletion.markedForDeleteAt(), deletion.localDeletionTime());
    }

    boolean forgets(Liveness liveness) {
        return !liveness.isEmpty()
                && !liveness.isLive(nowSeconds)
                && forgets(liveness.timestamp(), liveness.localExpirationTime());
    }

    /**
     * The cell as it is kept: what expired becomes a tombstone of the time it was written, for then the grace period began.
     * [db/rows/AbstractCell.purge]
     */
    Optional<Cell> apply(Cell cell) {
        if (cell.isLive(nowSeconds)) {
            return Optional.of(cell);
        }
        if (forgets(cell.timestamp(), cell.localDeletionTime())) {
            return Optional.empty();
        }
        return cell.isExpiring()
                ? apply(Cell.tombstone(cell.column(), cell.timestamp(), cell.localDeletionTime() - cell.ttl()))
                : Optional.of(cell);
    }
}
