package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Times the plan of a bootstrap into a large ring, cold and warm: {@code main [nodes] [tokens per node]}. */
final class PlanSpeed {
    private PlanSpeed() {}

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int perNode = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 256;
        var random = Rings.random(42);
        var members = new ArrayList<TokenRing.Member>();
        for (int i = 0; i < nodes; i++) {
            members.add(new TokenRing.Member(
                    new NodeId("n" + i),
                    new Location("dc1", "r" + i % 3),
                    Rings.tokens(Partitioner.MURMUR3, perNode, random)));
        }
        var tokens = Rings.tokens(Partitioner.MURMUR3, perNode, random);
        var factors = new TreeMap<String, Integer>();
        factors.put("dc1", 3);
        for (int round = 0; round < 6; round++) {
            for (var strategy : List.of(new NetworkTopologyStrategy(factors), new SimpleStrategy(3))) {
                time(round, members, tokens, strategy);
            }
        }
    }

    private static void time(
            int round, List<TokenRing.Member> members, List<Token> tokens, ReplicationStrategy strategy) {
        long start = System.nanoTime();
        var ring = TokenRing.of(Partitioner.MURMUR3, members);
        long built = System.nanoTime();
        var plan = RangeMovement.bootstrap(
                RingView.of(ring),
                List.of(new Keyspace("k", strategy)),
                new NodeId("joiner"),
                new Location("dc1", "r0"),
                tokens,
                SourceChoice.strict(Proximity.BY_LOCATION));
        long planned = System.nanoTime();
        var shares = ring.ownership(strategy);
        long shared = System.nanoTime();
        int count = 0;
        for (int i = 0; i < 1_000_000; i++) {
            count += strategy.replicas(
                            ring, members.get(i % members.size()).tokens().get(i % 16))
                    .size();
        }
        long looked = System.nanoTime();
        System.out.printf(
                "round %d %-24s build %4d ms, plan %4d ms (%d transfers), ownership %4d ms (%d), lookup %d ns%n",
                round,
                strategy.name(),
                (built - start) / 1_000_000,
                (planned - built) / 1_000_000,
                ((RangeMovement) plan).transfers().size(),
                (shared - planned) / 1_000_000,
                shares.size(),
                (looked - shared) / Math.max(1, count / 3));
    }
}
