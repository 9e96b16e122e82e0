package io.ringsim.runtime;

import java.time.Instant;

/** A clock that stands still until it is moved. */
public final class VirtualClock implements Clock {
    /** The calendar date at which every simulated world begins. */
    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return EPOCH.plusNanos(nanos);
    }

    void advanceTo(long nanos) {
        if (nanos < this.nanos) {
            throw new IllegalArgumentException("time does not go back: from " + this.nanos + " to " + nanos);
        }
        this.nanos = nanos;
    }
}
