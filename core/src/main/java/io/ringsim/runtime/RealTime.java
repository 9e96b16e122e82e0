package io.ringsim.runtime;

import akka.actor.AbstractExtensionId;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.security.SecureRandom;
import java.time.Instant;

/** Time and chance of an actor system outside of any simulation: the machine's. */
@RealWorld("this is the real world's clock and chance")
final class RealTime implements Extension, Clock {
    static final Id ID = new Id();
    private static final String SEED = "ringsim.seed";

    private final long startNanos = System.nanoTime();
    private final Randomness randomness;

    private RealTime(ExtendedActorSystem system) {
        var config = system.settings().config();
        this.randomness = Randomness.of(config.hasPath(SEED) ? config.getLong(SEED) : new SecureRandom().nextLong());
    }

    /** The origin of this system's chance: the configuration's {@code ringsim.seed}, else a new one each time. */
    Randomness randomness() {
        return randomness;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    /** Where Akka keeps it. */
    static final class Id extends AbstractExtensionId<RealTime> {
        private Id() {}

        @Override
        public RealTime createExtension(ExtendedActorSystem system) {
            return new RealTime(system);
        }
    }
}
