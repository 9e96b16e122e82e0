package io.ringsim.runtime;

import akka.actor.ClassicActorSystemProvider;
import java.time.Duration;
import java.time.Instant;

/** The time an actor lives in: virtual in a simulated world, the machine's elsewhere. */
public interface Clock {
    /** The clock of an actor system, typed or classic. */
    static Clock of(ClassicActorSystemProvider system) {
        var world = World.of(system);
        return world == null ? RealTime.ID.get(system) : world.clock;
    }

    /** Nanoseconds since the world began; never goes back. */
    long nanos();

    /** Time since the world began. */
    default Duration now() {
        return Duration.ofNanos(nanos());
    }

    /** The calendar time; a simulated world begins at a fixed date. */
    Instant instant();
}
