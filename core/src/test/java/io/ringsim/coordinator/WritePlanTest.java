package io.ringsim.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NetworkTopologyStrategy;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SimpleStrategy;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans against the rules told once more in the plainest way. */
class WritePlanTest {
    private static final int SEEDS = 3_000;

    /** So many acknowledgements of each datacenter's nodes; those of all nodes under the name "". */
    private static Map<String, Integer> needed(RandomRing ring, ConsistencyLevel level) {
        int natural = ring.keyspace().replication().replicationFactor();
        int pending = ring.pending().size();
        var topology = ring.keyspace().replication() instanceof NetworkTopologyStrategy;
        var needed = new TreeMap<String, Integer>();
        switch (level) {
            case ANY -> needed.put("", 1);
            case ONE -> needed.put("", 1 + pending);
            case TWO -> needed.put("", 2 + pending);
            case THREE -> needed.put("", 3 + pending);
            case QUORUM -> needed.put("", natural / 2 + 1 + pending);
            case ALL -> needed.put("", natural + pending);
            case LOCAL_ONE -> needed.put(ring.datacenter(), 1 + pendingIn(ring, ring.datacenter()));
            case LOCAL_QUORUM ->
                needed.put(ring.datacenter(), quorumIn(ring, ring.datacenter()) + pendingIn(ring, ring.datacenter()));
            case EACH_QUORUM -> {
                if (!topology) {
                    return needed(ring, ConsistencyLevel.QUORUM);
                }
                for (var datacenter : List.of("dc1", "dc2", "dc3")) {
                    if (ring.keyspace().replication().replicationFactor(datacenter) > 0) {
                        needed.put(datacenter, quorumIn(ring, datacenter) + pendingIn(ring, datacenter));
                    }
                }
            }
        }
        return needed;
    }

    private static int quorumIn(RandomRing ring, String datacenter) {
        return ring.keyspace().replication().replicationFactor(datacenter) / 2 + 1;
    }

    private static int pendingIn(RandomRing ring, String datacenter) {
        return (int) ring.pending().stream()
                .filter(node -> ring.datacenterOf(node).equals(datacenter))
                .count();
    }

    private static int in(RandomRing ring, String datacenter, Collection<NodeId> nodes) {
        return (int) nodes.stream()
                .filter(node -> datacenter.isEmpty() || ring.datacenterOf(node).equals(datacenter))
                .count();
    }

    private static boolean enough(RandomRing ring, Map<String, Integer> needed, Collection<NodeId> acknowledged) {
        return needed.entrySet().stream().allMatch(entry -> in(ring, entry.getKey(), acknowledged) >= entry.getValue());
    }

    private static boolean isEmptyTopology(RandomRing ring) {
        return ring.keyspace().replication().replicationFactor() == 0;
    }

    @Test
    void goToTheReplicasAndToThoseAboutToBeAsFarAsTheyAreAlive() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var ring = RandomRing.of(Randomness.of(seed));
            var targets = new ArrayList<>(ring.natural());
            targets.addAll(ring.pending());
            targets.retainAll(ring.alive());

            var plan = ring.write(ConsistencyLevel.QUORUM);

            assertThat(plan.natural()).as("seed %s", seed).isEqualTo(ring.natural());
            assertThat(plan.pending()).as("seed %s", seed).isEqualTo(ring.pending());
            assertThat(plan.alive()).as("seed %s", seed).isEqualTo(targets).doesNotHaveDuplicates();
        }
    }

    @Test
    void areDoneByAsManyAcknowledgementsAsTheLevelAndTheRingAskFor() {
        int pendings = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Randomness.of(seed);
            var ring = RandomRing.of(random);
            var level = random.pick(List.of(ConsistencyLevel.values()));
            if (isEmptyTopology(ring)) {
                continue;
            }
            var needed = needed(ring, level);
            var plan = ring.write(level);
            var targets = new ArrayList<>(ring.natural());
            targets.addAll(ring.pending());
            random.shuffle(targets);
            pendings += ring.pending().size();

            for (int count = 0; count <= targets.size(); count++) {
                var acknowledged = new TreeSet<>(targets.subList(0, count));
                assertThat(plan.requirement().isMetBy(acknowledged))
                        .as("seed %s, %s, %s", seed, level, acknowledged)
                        .isEqualTo(enough(ring, needed, acknowledged));
            }
            assertThat(plan.requirement().required())
                    .as("seed %s, %s", seed, level)
                    .isEqualTo(
                            needed.values().stream().mapToInt(Integer::intValue).sum());
        }
        assertThat(pendings).isGreaterThan(SEEDS / 10);
    }

    @Test
    void areUnavailableWhenTooFewAreAliveAndSayHowMany() {
        int unavailable = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Randomness.of(seed);
            var ring = RandomRing.of(random);
            var level = random.pick(List.of(ConsistencyLevel.values()));
            if (isEmptyTopology(ring)) {
                continue;
            }
            var needed = needed(ring, level);
            var plan = ring.write(level);
            var why = plan.unavailable();

            assertThat(why.isEmpty())
                    .as("seed %s, %s, alive %s", seed, level, plan.alive())
                    .isEqualTo(enough(ring, needed, plan.alive()));
            if (why.isPresent()) {
                unavailable++;
                var said = why.get();
                assertThat(said.alive()).isLessThan(said.required());
                assertThat(needed.entrySet())
                        .as("seed %s, %s says %s", seed, level, said)
                        .anyMatch(entry -> entry.getValue() == said.required()
                                && in(ring, entry.getKey(), plan.alive()) == said.alive());
            }
        }
        assertThat(unavailable).isBetween(SEEDS / 10, SEEDS * 9 / 10);
    }

    /** That is what the acknowledgements of pending nodes are for, as long as the ring has all replicas that are asked for. */
    @Test
    void reachAQuorumOfTheRingThatIsAndOfTheOneThatWillBe() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Randomness.of(seed);
            var ring = RandomRing.of(random);
            var replication = ring.keyspace().replication();
            var plan = ring.write(ConsistencyLevel.QUORUM);
            var targets = new ArrayList<>(ring.natural());
            targets.addAll(ring.pending());
            random.shuffle(targets);
            var later = replication.replicas(ring.after(), ring.token());
            if (isEmptyTopology(ring)
                    || Math.min(ring.natural().size(), later.size()) < replication.replicationFactor()) {
                continue;
            }
            var acknowledged = targets.subList(0, plan.requirement().required());

            for (var replicas : List.of(ring.natural(), later)) {
                var having = new TreeSet<>(replicas);
                having.retainAll(acknowledged);
                assertThat(having)
                        .as("seed %s: of %s", seed, replicas)
                        .hasSizeGreaterThanOrEqualTo(replication.replicationFactor() / 2 + 1);
            }
        }
    }

    @Test
    void aReadAsksTheNearestReplicasThatAreAliveAndNobodyElse() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Randomness.of(seed);
            var ring = RandomRing.of(random);
            var level = random.pick(List.of(ConsistencyLevel.values()));
            if (isEmptyTopology(ring) || level == ConsistencyLevel.ANY) {
                continue;
            }
            var still = new RandomRing(
                    RingView.of(ring.view().ring()),
                    ring.after(),
                    ring.keyspace(),
                    ring.token(),
                    ring.alive(),
                    ring.self());
            var needed = needed(still, level);
            var plan = ReadPlan.of(
                    ring.view(),
                    ring.keyspace(),
                    ring.token(),
                    level,
                    ring.self(),
                    Proximity.BY_LOCATION,
                    ring.alive()::contains);

            assertThat(plan.unavailable().isEmpty())
                    .as("seed %s, %s", seed, level)
                    .isEqualTo(enough(still, needed, plan.alive()));
            assertThat(plan.asked()).isSubsetOf(ring.natural()).isSubsetOf(ring.alive());
            if (plan.unavailable().isEmpty()) {
                assertThat(plan.asked())
                        .as("seed %s, %s", seed, level)
                        .hasSize(plan.requirement().required());
                assertThat(enough(still, needed, plan.asked())).isTrue();
                if (ring.alive().contains(ring.self()) && ring.natural().contains(ring.self())) {
                    assertThat(plan.asked())
                            .as("seed %s, %s", seed, level)
                            .matches(asked -> asked.isEmpty() || asked.get(0).equals(ring.self()));
                }
            }
        }
    }

    @Test
    void countReplicasThatARingTooSmallDoesNotHave() {
        var ring = RandomRing.of(Randomness.of(1));
        var keyspace = new Keyspace("ks", new SimpleStrategy(40));
        var plan = WritePlan.of(
                ring.view(),
                keyspace,
                ring.token(),
                ConsistencyLevel.QUORUM,
                ring.view().location(ring.self()),
                any -> true);

        assertThat(plan.unavailable())
                .get()
                .isEqualTo(new Unavailable(
                        ConsistencyLevel.QUORUM,
                        21 + plan.pending().size(),
                        plan.alive().size()));
    }
}
