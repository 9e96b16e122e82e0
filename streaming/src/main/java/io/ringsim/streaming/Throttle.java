package io.ringsim.streaming;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate that several streams share. Each reserves its bytes before it sends them and is told how long to wait; who reserves
 * first goes first. A reservation never waits for itself, only for those before it, as with Guava's limiter in Cassandra.
 */
final class Throttle {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private final AtomicLong freeAt = new AtomicLong();

    /** A rate in bytes per second; 0 is no limit. */
    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    boolean isUnlimited() {
        return bytesPerSecond == 0;
    }

    /** Reserves, and returns the nanoseconds from {@code now} to wait until these bytes may go. */
    long reserve(long bytes, long now) {
        if (isUnlimited()) {
            return 0;
        }
        long cost = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        long begin = freeAt.getAndUpdate(free -> Math.max(free, now) + cost);
        return Math.max(0, begin - now);
    }
}
