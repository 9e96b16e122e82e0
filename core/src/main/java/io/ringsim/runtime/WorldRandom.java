package io.ringsim.runtime;

import java.util.Random;

/**
 * What {@code new Random()} makes where the Java agent is: without a seed it draws from the world of the calling thread, so
 * that one kept in a static field is as deterministic as one made in an actor; with a seed it is as any other.
 */
@RealWorld("outside of any world the real seed holds")
public final class WorldRandom extends Random {
    private static final long serialVersionUID = 1L;

    private boolean seeded;

    public WorldRandom() {
        this.seeded = false;
    }

    public WorldRandom(long seed) {
        super(seed);
        this.seeded = true;
    }

    @Override
    public synchronized void setSeed(long seed) {
        super.setSeed(seed);
        seeded = true;
    }

    @Override
    protected int next(int bits) {
        var world = seeded ? null : World.current();
        return world == null ? super.next(bits) : (int) (world.chance.nextLong() >>> (64 - bits));
    }

    @Override
    public synchronized double nextGaussian() {
        var world = seeded ? null : World.current();
        return world == null ? super.nextGaussian() : world.chance.nextGaussian();
    }
}
