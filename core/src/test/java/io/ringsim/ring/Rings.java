package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Rings by chance, from a seed. */
final class Rings {
    private static final List<Partitioner> PARTITIONERS =
            List.of(Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED);

    private Rings() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("SplittableRandom").create(seed);
    }

    static List<Token> tokens(Partitioner partitioner, int count, RandomGenerator random) {
        var tokens = new TreeSet<Token>();
        while (tokens.size() < count) {
            tokens.add(partitioner.randomToken(random));
        }
        return List.copyOf(tokens);
    }

    static Partitioner partitioner(RandomGenerator random) {
        return PARTITIONERS.get(random.nextInt(PARTITIONERS.size()));
    }

    static Location location(int datacenters, int racks, RandomGenerator random) {
        return new Location("dc" + (1 + random.nextInt(datacenters)), "r" + (1 + random.nextInt(racks)));
    }

    /** A ring of so many nodes {@code n1, n2, ...}, each with one to {@code most} tokens. */
    static TokenRing ring(
            Partitioner partitioner, int nodes, int most, int datacenters, int racks, RandomGenerator random) {
        var ring = TokenRing.empty(partitioner);
        for (int i = 1; i <= nodes; i++) {
            ring = ring.with(
                    new NodeId("n" + i),
                    location(datacenters, racks, random),
                    tokens(partitioner, 1 + random.nextInt(most), random));
        }
        return ring;
    }

    /** A small ring of any partitioner and shape. */
    static TokenRing any(RandomGenerator random) {
        int datacenters = 1 + random.nextInt(3);
        int racks = 1 + random.nextInt(4);
        int most = random.nextBoolean() ? 1 : 8;
        return ring(partitioner(random), 1 + random.nextInt(12), most, datacenters, racks, random);
    }

    static ReplicationStrategy simple(RandomGenerator random) {
        return new SimpleStrategy(1 + random.nextInt(5));
    }

    static ReplicationStrategy topology(RandomGenerator random) {
        return new NetworkTopologyStrategy(factors(random));
    }

    private static SortedMap<String, Integer> factors(RandomGenerator random) {
        var factors = new TreeMap<String, Integer>();
        for (int i = 1; i <= 3; i++) {
            if (random.nextInt(4) > 0) {
                factors.put("dc" + i, random.nextInt(4));
            }
        }
        return factors;
    }

    static List<ReplicationStrategy> strategies(RandomGenerator random) {
        return List.of(
                simple(random),
                new OldNetworkTopologyStrategy(1 + random.nextInt(5)),
                topology(random),
                new DatacenterShardStrategy(factors(random)),
                new EverywhereStrategy(),
                new LocalStrategy());
    }

    static <T> T oneOf(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    static List<NodeId> shuffled(List<NodeId> nodes, RandomGenerator random) {
        var shuffled = new ArrayList<>(nodes);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            java.util.Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }
}
