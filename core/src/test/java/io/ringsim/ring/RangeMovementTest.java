package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every plan must hold to, over many rings, against replicas found in the plainest way. */
class RangeMovementTest {
    private static final int SEEDS = 200;
    private static final NodeId JOINER = new NodeId("joiner");

    private static List<Keyspace> keyspaces(List<ReplicationStrategy> strategies) {
        return strategies.stream()
                .map(strategy -> new Keyspace(strategy.name(), strategy))
                .toList();
    }

    private static List<Token> samples(TokenRing one, TokenRing other) {
        var cuts = new TreeSet<>(one.tokens());
        cuts.addAll(other.tokens());
        var samples = new ArrayList<>(cuts);
        var last = cuts.last();
        for (var cut : cuts) {
            samples.add(one.partitioner().midpoint(last, cut));
            last = cut;
        }
        return samples;
    }

    private static List<Transfer> of(Keyspace keyspace, RangeMovement movement) {
        return movement.transfers().stream()
                .filter(transfer -> transfer.keyspace().equals(keyspace.name()))
                .toList();
    }

    private static List<NodeId> receivers(List<Transfer> transfers, Token token) {
        return transfers.stream()
                .filter(transfer -> transfer.range().contains(token))
                .map(Transfer::to)
                .sorted()
                .toList();
    }

    private static List<NodeId> gaining(Keyspace keyspace, TokenRing before, TokenRing after, Token token) {
        var gaining = new TreeSet<>(NaiveReplicas.of(keyspace.replication(), after, token));
        gaining.removeAll(NaiveReplicas.of(keyspace.replication(), before, token));
        return List.copyOf(gaining);
    }

    /** Whoever holds a token afterwards held it before or receives it once, from a node that held it. */
    private static void assertMovesWhatChanges(
            String what, List<Keyspace> keyspaces, TokenRing before, TokenRing after, RangeMovement movement) {
        for (var keyspace : keyspaces) {
            var transfers = of(keyspace, movement);
            for (var token : samples(before, after)) {
                assertThat(receivers(transfers, token))
                        .as("%s, %s, token %s", what, keyspace.replication(), token)
                        .isEqualTo(gaining(keyspace, before, after, token));
            }
            for (var transfer : transfers) {
                assertThat(NaiveReplicas.of(
                                keyspace.replication(), before, transfer.range().right()))
                        .as("%s, %s", what, transfer)
                        .contains(transfer.from());
            }
        }
    }

    private static RangeMovement movement(MovementPlan plan) {
        assertThat(plan).isInstanceOf(RangeMovement.class);
        return (RangeMovement) plan;
    }

    @Test
    void bootstrapsEveryGainedRangeOnceFromANodeThatHasIt() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.any(random);
            var location = Rings.location(3, 4, random);
            var tokens = Rings.tokens(before.partitioner(), 1 + random.nextInt(6), random);
            var after = before.with(JOINER, location, tokens);
            var keyspaces = keyspaces(Rings.strategies(random));
            var choice = SourceChoice.relaxed(random.nextBoolean() ? Proximity.NONE : Proximity.BY_LOCATION);
            var plan = RangeMovement.bootstrap(
                    RingView.of(before),
                    keyspaces,
                    JOINER,
                    location,
                    tokens,
                    random.nextBoolean() ? choice : choice.withMaxFlow());
            if (plan instanceof Refusal refusal) {
                assertNobodyHas(keyspaces, before, after, refusal);
                continue;
            }
            var movement = movement(plan);
            for (var keyspace : keyspaces) {
                var had = keyspace.replication().rangesOf(after, JOINER).stream()
                        .filter(range -> !NaiveReplicas.of(keyspace.replication(), before, range.right())
                                .isEmpty())
                        .toList();
                assertThat(of(keyspace, movement)).extracting(Transfer::range).isEqualTo(had);
                assertThat(of(keyspace, movement))
                        .allSatisfy(transfer -> assertThat(NaiveReplicas.of(
                                        keyspace.replication(),
                                        before,
                                        transfer.range().right()))
                                .contains(transfer.from()));
            }
        }
    }

    /** A datacenter's first node can find nobody to fetch from when no other datacenter has replicas. */
    private static void assertNobodyHas(List<Keyspace> keyspaces, TokenRing before, TokenRing after, Refusal refusal) {
        assertThat(refusal.reason()).startsWith("Failed to find endpoints to fetch");
        assertThat(keyspaces)
                .anyMatch(keyspace -> keyspace.replication().rangesOf(after, JOINER).stream()
                        .anyMatch(range -> NaiveReplicas.of(keyspace.replication(), before, range.right())
                                .isEmpty()));
    }

    @Test
    void bootstrapsStrictlyFromTheNodeThatLosesTheRange() {
        int strict = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.ring(Rings.partitioner(random), 3 + random.nextInt(9), 6, 2, 3, random);
            var location = Rings.location(2, 3, random);
            var tokens = Rings.tokens(before.partitioner(), 1 + random.nextInt(6), random);
            var after = before.with(JOINER, location, tokens);
            for (var keyspace : keyspaces(List.of(Rings.simple(random), Rings.topology(random)))) {
                var plan = RangeMovement.bootstrap(
                        RingView.of(before),
                        List.of(keyspace),
                        JOINER,
                        location,
                        tokens,
                        SourceChoice.strict(Proximity.BY_LOCATION));
                if (!(plan instanceof RangeMovement movement)) {
                    continue;
                }
                for (var transfer : movement.transfers()) {
                    var held = NaiveReplicas.of(
                            keyspace.replication(), before, transfer.range().right());
                    var losing = new ArrayList<>(held);
                    losing.removeAll(NaiveReplicas.of(
                            keyspace.replication(), after, transfer.range().right()));
                    if (held.size() == keyspace.replication().replicationFactor()) {
                        assertThat(losing).as("seed %s, %s", seed, transfer).containsExactly(transfer.from());
                        strict++;
                    }
                }
            }
        }
        assertThat(strict).isGreaterThan(1_000);
    }

    @Test
    void fetchesFromTheNearestThatIsAlive() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.any(random);
            var location = Rings.location(3, 4, random);
            var tokens = Rings.tokens(before.partitioner(), 3, random);
            var keyspace = new Keyspace("k", Rings.simple(random));
            Predicate<NodeId> alive = node -> node.value().hashCode() % 4 != 0;
            var choice = SourceChoice.relaxed(Proximity.BY_LOCATION).withAlive(alive);
            var plan =
                    RangeMovement.bootstrap(RingView.of(before), List.of(keyspace), JOINER, location, tokens, choice);
            if (!(plan instanceof RangeMovement movement)) {
                continue;
            }
            var after = before.with(JOINER, location, tokens);
            for (var transfer : movement.transfers()) {
                var candidates = NaiveReplicas.of(
                                keyspace.replication(), before, transfer.range().right())
                        .stream()
                        .filter(alive)
                        .toList();
                assertThat(transfer.from())
                        .isEqualTo(Proximity.BY_LOCATION
                                .sorted(JOINER, candidates, after::location)
                                .get(0));
            }
        }
    }

    @Test
    void decommissionsEveryRangeOnceToEachNodeThatGainsIt() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.ring(Rings.partitioner(random), 2 + random.nextInt(9), 6, 2, 3, random);
            var node = Rings.oneOf(before.nodes(), random);
            var keyspaces = keyspaces(Rings.strategies(random)).stream()
                    .filter(keyspace -> !(keyspace.replication() instanceof OldNetworkTopologyStrategy))
                    .toList();

            var movement = movement(RangeMovement.decommission(RingView.of(before), keyspaces, node, true));

            assertMovesWhatChanges("seed " + seed, keyspaces, before, before.without(node), movement);
            assertThat(movement.transfers())
                    .allMatch(transfer -> transfer.from().equals(node));
            assertThat(movement.transfers()).doesNotHaveDuplicates();
        }
    }

    @Test
    void removesADeadNodeByFetchesFromLiveReplicas() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.ring(Rings.partitioner(random), 4 + random.nextInt(8), 6, 2, 3, random);
            var dead = Rings.oneOf(before.nodes(), random);
            var keyspaces = keyspaces(List.of(new SimpleStrategy(2 + random.nextInt(2))));
            var choice = SourceChoice.relaxed(Proximity.BY_LOCATION).withAlive(node -> !node.equals(dead));

            var movement = movement(RangeMovement.remove(RingView.of(before), keyspaces, dead, choice));

            assertMovesWhatChanges("seed " + seed, keyspaces, before, before.without(dead), movement);
            assertThat(movement.transfers())
                    .noneMatch(transfer -> transfer.from().equals(dead));
            assertThat(movement.warnings()).isEmpty();
        }
    }

    @Test
    void movesWhatOthersGainAndFetchesWhatTheMoverGains() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.ring(Rings.partitioner(random), 4 + random.nextInt(8), 1, 1, 3, random);
            var node = Rings.oneOf(before.nodes(), random);
            var token = Rings.tokens(before.partitioner(), 1, random).get(0);
            var after = before.with(node, before.location(node), List.of(token));
            var keyspaces = keyspaces(List.of(Rings.simple(random), Rings.topology(random)));
            for (var choice :
                    List.of(SourceChoice.strict(Proximity.BY_LOCATION), SourceChoice.relaxed(Proximity.BY_LOCATION))) {
                var movement = movement(RangeMovement.move(RingView.of(before), keyspaces, node, token, choice));

                assertMovesWhatChanges("seed " + seed, keyspaces, before, after, movement);
                assertThat(movement.transfers())
                        .allMatch(transfer ->
                                transfer.from().equals(node) != transfer.to().equals(node));
            }
        }
    }

    @Test
    void replacesADeadNodeWithAllOfItsRanges() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var before = Rings.ring(Rings.partitioner(random), 3 + random.nextInt(8), 6, 1, 3, random);
            var dead = Rings.oneOf(before.nodes(), random);
            var keyspace = new Keyspace("k", new SimpleStrategy(2));
            var choice = SourceChoice.relaxed(Proximity.NONE).withAlive(node -> !node.equals(dead));

            var movement = movement(RangeMovement.replace(
                    RingView.of(before), List.of(keyspace), dead, JOINER, before.location(dead), choice));

            assertThat(movement.transfers())
                    .extracting(Transfer::range)
                    .isEqualTo(keyspace.replication().rangesOf(before, dead));
            assertThat(movement.transfers())
                    .allMatch(transfer ->
                            transfer.to().equals(JOINER) && !transfer.from().equals(dead));
        }
    }

    @Test
    void rebuildsAllRangesFromTheDatacenterAskedFor() {
        var random = Rings.random(4);
        var ring = Rings.ring(Partitioner.MURMUR3, 12, 4, 2, 2, random);
        var factors = new TreeMap<String, Integer>();
        factors.put("dc1", 2);
        factors.put("dc2", 2);
        var keyspace = new Keyspace("k", new NetworkTopologyStrategy(factors));
        var node = ring.nodes().stream()
                .filter(member -> ring.location(member).datacenter().equals("dc2"))
                .findFirst()
                .orElseThrow();

        var movement = movement(RangeMovement.rebuild(
                RingView.of(ring), List.of(keyspace), node, "dc1", SourceChoice.relaxed(Proximity.BY_LOCATION)));

        assertThat(movement.transfers())
                .extracting(Transfer::range)
                .isEqualTo(keyspace.replication().rangesOf(ring, node));
        assertThat(movement.transfers())
                .allMatch(
                        transfer -> ring.location(transfer.from()).datacenter().equals("dc1"));
    }
}
