package io.ringsim.data;

/**
 * When all that some row, range or partition held was deleted.
 *
 * @param markedForDeleteAt the timestamp of the deletion, in microseconds by convention: it covers all that was written
 *     at that timestamp or before
 * @param localDeletionTime when the deletion was made, in seconds since 1970; the grace period counts from there
 */
public record Deletion(long markedForDeleteAt, long localDeletionTime) {
    /** No deletion. */
    public static final Deletion LIVE = new Deletion(Long.MIN_VALUE, Long.MAX_VALUE);

    public boolean isLive() {
        return markedForDeleteAt == Long.MIN_VALUE && localDeletionTime == Long.MAX_VALUE;
    }

    /** Whether something written at that timestamp is deleted. */
    public boolean deletes(long timestamp) {
        return timestamp <= markedForDeleteAt && !isLive();
    }

    /** Whether this deletion makes that one needless. */
    public boolean supersedes(Deletion other) {
        return markedForDeleteAt > other.markedForDeleteAt
                || (markedForDeleteAt == other.markedForDeleteAt
                        && localDeletionTime > other.localDeletionTime
                        && !isLive());
    }

    /** The one of the two that covers more. */
    public Deletion max(Deletion other) {
        return isLive() || (!other.isLive() && other.supersedes(this)) ? other : this;
    }
}
