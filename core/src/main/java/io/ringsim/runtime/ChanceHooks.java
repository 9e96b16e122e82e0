package io.ringsim.runtime;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the Java agent calls in place of unseeded chance: the world's on a thread that drives a world, else the real one. Not
 * to be called by anyone else.
 */
@RealWorld("outside of any world real chance answers")
public final class ChanceHooks {
    private static final int PROCESSORS = 4;

    private ChanceHooks() {}

    public static double random() {
        var world = World.current();
        return world == null ? Math.random() : world.chance.nextDouble();
    }

    /** A version 4 UUID. */
    public static UUID randomUUID() {
        var world = World.current();
        if (world == null) {
            return UUID.randomUUID();
        }
        long high = (world.chance.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (world.chance.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    public static void shuffle(List<?> list) {
        Collections.shuffle(list, new WorldRandom());
    }

    public static void shuffle(List<?> list, Random random) {
        Collections.shuffle(list, random instanceof ThreadLocalRandom ? new WorldRandom() : random);
    }

    /** The seed of a generator that got none. */
    public static long seed() {
        var world = World.current();
        return world == null ? new SplittableRandom().nextLong() : world.chance.nextLong();
    }

    public static RandomGenerator randomGenerator() {
        return World.current() == null ? RandomGenerator.getDefault() : Randomness.of(seed());
    }

    public static RandomGenerator randomGenerator(String algorithm) {
        return World.current() == null ? RandomGenerator.of(algorithm) : Randomness.of(seed());
    }

    public static SecureRandom secureRandom() {
        return new WorldSecureRandom();
    }

    public static SecureRandom secureRandom(String algorithm) {
        return new WorldSecureRandom();
    }

    /** The same number on every machine. */
    public static int availableProcessors(Runtime runtime) {
        return World.current() == null ? runtime.availableProcessors() : PROCESSORS;
    }

    // ---- draws: of a thread's own generator, which cannot be seeded, from the world; of any other as they are

    private static RandomGenerator source(Random random) {
        if (random instanceof ThreadLocalRandom) {
            var world = World.current();
            return world == null ? random : world.chance;
        }
        return random;
    }

    public static int nextInt(Random random) {
        return source(random).nextInt();
    }

    public static int nextInt(Random random, int bound) {
        return source(random).nextInt(bound);
    }

    public static int nextInt(Random random, int origin, int bound) {
        return source(random).nextInt(origin, bound);
    }

    public static long nextLong(Random random) {
        return source(random).nextLong();
    }

    public static long nextLong(Random random, long bound) {
        return source(random).nextLong(bound);
    }

    public static long nextLong(Random random, long origin, long bound) {
        return source(random).nextLong(origin, bound);
    }

    public static float nextFloat(Random random) {
        return source(random).nextFloat();
    }

    public static double nextDouble(Random random) {
        return source(random).nextDouble();
    }

    public static double nextDouble(Random random, double bound) {
        return source(random).nextDouble(bound);
    }

    public static double nextDouble(Random random, double origin, double bound) {
        return source(random).nextDouble(origin, bound);
    }

    public static boolean nextBoolean(Random random) {
        return source(random).nextBoolean();
    }

    public static double nextGaussian(Random random) {
        return source(random).nextGaussian();
    }

    public static void nextBytes(Random random, byte[] bytes) {
        source(random).nextBytes(bytes);
    }

    public static IntStream ints(Random random) {
        return source(random).ints();
    }

    public static IntStream ints(Random random, long size) {
        return source(random).ints(size);
    }

    public static IntStream ints(Random random, int origin, int bound) {
        return source(random).ints(origin, bound);
    }

    public static IntStream ints(Random random, long size, int origin, int bound) {
        return source(random).ints(size, origin, bound);
    }

    public static LongStream longs(Random random) {
        return source(random).longs();
    }

    public static LongStream longs(Random random, long size) {
        return source(random).longs(size);
    }

    public static DoubleStream doubles(Random random) {
        return source(random).doubles();
    }

    public static DoubleStream doubles(Random random, long size) {
        return source(random).doubles(size);
    }
}
