package io.ringsim.runtime;

import java.time.Duration;
import java.time.Instant;

/** The time an actor lives in: virtual in a simulated world, the machine's elsewhere. */
public interface Clock {
    /** Nanoseconds since the world began; never goes back. */
    long nanos();

    /** Time since the world began. */
    default Duration now() {
        return Duration.ofNanos(nanos());
    }

    /** The calendar time; a simulated world begins at a fixed date. */
    Instant instant();
}
