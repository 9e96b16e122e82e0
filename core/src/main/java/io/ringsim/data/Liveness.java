package io.ringsim.data;

/**
 * Whether a row exists, apart from its cells.
 *
 * @param timestamp when it was inserted, by the writer's clock
 * @param ttl seconds it lives, 0 for ever
 * @param localExpirationTime when it expires, in seconds since 1970; {@link Long#MAX_VALUE} never
 */
public record Liveness(long timestamp, int ttl, long localExpirationTime) {
    /** A row that was never inserted, only updated or deleted. */
    public static final Liveness NONE = new Liveness(Long.MIN_VALUE, 0, Long.MAX_VALUE);

    public Liveness {
        if (ttl < 0) {
            throw new IllegalArgumentException("a time to live is not negative: " + ttl);
        }
    }

    public static Liveness of(long timestamp) {
        return new Liveness(timestamp, 0, Long.MAX_VALUE);
    }

    public static Liveness expiring(long timestamp, int ttl, long nowSeconds) {
        return ttl == 0 ? of(timestamp) : new Liveness(timestamp, ttl, nowSeconds + ttl);
    }

    public boolean isEmpty() {
        return timestamp == Long.MIN_VALUE;
    }

    public boolean isExpiring() {
        return ttl > 0;
    }

    public boolean isLive(long nowSeconds) {
        return !isEmpty() && nowSeconds < localExpirationTime;
    }

    /** Whether this one wins over that: the later one; an expiring one over one that is not; the later to expire. */
    public boolean supersedes(Liveness other) {
        if (timestamp != other.timestamp) {
            return timestamp > other.timestamp;
        }
        return isExpiring() == other.isExpiring() ? localExpirationTime > other.localExpirationTime : isExpiring();
    }
}
