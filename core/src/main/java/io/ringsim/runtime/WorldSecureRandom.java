package io.ringsim.runtime;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** What {@code new SecureRandom()} makes where the Java agent is: the world's chance in a world, real security elsewhere. */
@RealWorld("outside of any world real chance answers")
public final class WorldSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    public WorldSecureRandom() {
        super(new Source(), null);
    }

    public WorldSecureRandom(byte[] seed) {
        this();
        setSeed(seed);
    }

    /** Asks the world at every draw. */
    @RealWorld("outside of any world real chance answers")
    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final SecureRandom real = new SecureRandom();

        @Override
        protected void engineSetSeed(byte[] seed) {
            real.setSeed(seed);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            var world = World.current();
            if (world == null) {
                real.nextBytes(bytes);
            } else {
                world.chance.nextBytes(bytes);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            var bytes = new byte[length];
            engineNextBytes(bytes);
            return bytes;
        }
    }
}
