package io.ringsim.runtime;

import akka.actor.ClassicActorSystemProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Seeded chance (SplitMix64). Streams are forked by name, so that a draw added in one place moves nothing elsewhere:
 * the same seed and the same names give the same numbers on every machine.
 */
public final class Randomness implements RandomGenerator {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long origin;
    private long state;

    private Randomness(long origin) {
        this.origin = origin;
        this.state = origin;
    }

    public static Randomness of(long seed) {
        return new Randomness(mix(seed));
    }

    /**
     * The stream of that name in an actor system: the simulation's seed decides it, or the configuration's {@code
     * ringsim.seed}, or else the machine. Ask once and keep it; asking again begins the same numbers anew.
     */
    public static Randomness of(ClassicActorSystemProvider system, String name) {
        var world = World.of(system);
        var origin = world == null ? RealTime.ID.get(system).randomness() : world.randomness;
        return origin.fork(system.classicSystem().name()).fork(name);
    }

    /** An independent stream that depends on this one's seed and on the name only, not on what was drawn. */
    public Randomness fork(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new Randomness(mix(origin ^ mix(hash)));
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** By the polar method, with mathematics that are the same on every machine. */
    @Override
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    @Override
    public double nextExponential() {
        return -StrictMath.log(1 - nextDouble());
    }

    /** True with the given probability, 0 to 1. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(nextInt(choices.size()));
    }

    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            swap(list, i, nextInt(i + 1));
        }
    }

    private static <T> void swap(List<T> list, int i, int j) {
        T kept = list.get(i);
        list.set(i, list.get(j));
        list.set(j, kept);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
