package io.ringsim.streaming;

import io.ringsim.runtime.Clock;

/** What all sessions of a node have in common. */
record Limits(StreamingSettings settings, Clock clock, Throttles throttles) {
    static Limits of(StreamingSettings settings, Clock clock) {
        return new Limits(settings, clock, new Throttles(settings.throughput()));
    }
}
