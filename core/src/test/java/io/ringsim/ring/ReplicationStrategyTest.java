package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationStrategyTest {
    private static final int SEEDS = 500;

    private static SortedMap<String, String> options(String... keysAndValues) {
        var options = new TreeMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return options;
    }

    private static NetworkTopologyStrategy topology(String datacenter, int factor) {
        var factors = new TreeMap<String, Integer>();
        factors.put(datacenter, factor);
        return new NetworkTopologyStrategy(factors);
    }

    /** A ring with one node per token 10, 20, ..., standing in these racks of {@code dc1}. */
    private static TokenRing racks(String... racks) {
        var ring = TokenRing.empty(Partitioner.MURMUR3);
        for (int i = 0; i < racks.length; i++) {
            var token = Partitioner.MURMUR3.parse(Integer.toString(10 * (i + 1)));
            ring = ring.with(new NodeId("n" + (i + 1)), new Location("dc1", racks[i]), List.of(token));
        }
        return ring;
    }

    private static List<String> names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toList();
    }

    @Test
    void placesReplicasAsTheWalkOverTheRingTellsForAnyRing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            for (var strategy : Rings.strategies(random)) {
                var tokens = new ArrayList<>(ring.tokens());
                tokens.addAll(Rings.tokens(ring.partitioner(), 10, random));
                tokens.add(ring.partitioner().minimum());
                for (var token : tokens) {
                    assertThat(strategy.replicas(ring, token))
                            .as("seed %s, %s, token %s", seed, strategy, token)
                            .isEqualTo(NaiveReplicas.of(strategy, ring, token));
                }
            }
        }
    }

    @Test
    void tellsTheRangesOfANodeAndTheReplicasOfARangeAlike() {
        for (long seed = 0; seed < 100; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            for (var strategy : Rings.strategies(random)) {
                var all = strategy.replicas(ring);
                assertThat(all.keySet()).containsExactlyElementsOf(ring.ranges());
                for (var node : ring.nodes()) {
                    var held = ring.ranges().stream()
                            .filter(range -> all.getOrDefault(range, List.of()).contains(node))
                            .toList();
                    assertThat(strategy.rangesOf(ring, node)).isEqualTo(held);
                }
            }
        }
    }

    @Test
    void hasNoReplicasInAnEmptyRing() {
        var random = Rings.random(1);
        var ring = TokenRing.empty(Partitioner.MURMUR3);
        for (var strategy : Rings.strategies(random)) {
            assertThat(strategy.replicas(ring, Partitioner.MURMUR3.randomToken(random)))
                    .isEmpty();
            assertThat(strategy.rangesOf(ring, new NodeId("n1"))).isEmpty();
            assertThat(strategy.replicas(ring)).isEmpty();
        }
    }

    @Test
    void prefersRacksWithoutAReplicaAndRepeatsOnlyAsManyAsAreShort() {
        var first = Partitioner.MURMUR3.parse("5");

        assertThat(names(topology("dc1", 3).replicas(racks("a", "a", "b", "a", "c"), first)))
                .containsExactly("n1", "n3", "n5");
        assertThat(names(topology("dc1", 3).replicas(racks("a", "a", "a", "a", "b"), first)))
                .containsExactly("n1", "n2", "n5");
        assertThat(names(topology("dc1", 9).replicas(racks("a", "b", "a"), first)))
                .containsExactly("n1", "n2", "n3");
        assertThat(names(topology("dc9", 2).replicas(racks("a", "b", "a"), first)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SimpleStrategy, SimpleStrategy",
        "org.apache.cassandra.locator.SimpleStrategy, SimpleStrategy",
        "org.apache.cassandra.locator.RackUnawareStrategy, SimpleStrategy",
        "RackAwareStrategy, OldNetworkTopologyStrategy",
        "OldNetworkTopologyStrategy, OldNetworkTopologyStrategy",
    })
    void isKnownByItsPresentAndFormerNames(String className, String name) {
        var strategy = ReplicationStrategy.of(className, options("replication_factor", "3"));

        assertThat(strategy.name()).isEqualTo(name);
        assertThat(strategy.replicationFactor()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "NetworkTopologyStrategy, NetworkTopologyStrategy",
        "org.apache.cassandra.locator.DatacenterShardStategy, DatacenterShardStrategy",
        "DatacenterShardStrategy, DatacenterShardStrategy",
    })
    void takesAFactorPerDatacenter(String className, String name) {
        var strategy = ReplicationStrategy.of(className, options("dc1", "3", "dc2", "2"));

        assertThat(strategy.name()).isEqualTo(name);
        assertThat(strategy.replicationFactor()).isEqualTo(5);
        assertThat(strategy.replicationFactor("dc2")).isEqualTo(2);
        assertThat(strategy.replicationFactor("dc3")).isZero();
    }

    @Test
    void expandsTheCommonFactorOverTheKnownDatacenters() {
        var strategy = ReplicationStrategy.of(
                "NetworkTopologyStrategy", options("replication_factor", "3", "dc2", "1"), List.of("dc1", "dc2"));

        assertThat(strategy.replicationFactor("dc1")).isEqualTo(3);
        assertThat(strategy.replicationFactor("dc2")).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        assertRefused("unknown replication strategy 'SimplStrategy'; known are SimpleStrategy", "SimplStrategy");
        assertRefused("SimpleStrategy requires the option replication_factor", "SimpleStrategy");
        assertRefused("SimpleStrategy has no option 'dc1'", "SimpleStrategy", "dc1", "3");
        assertRefused("whole number; replication_factor is 'three'", "SimpleStrategy", "replication_factor", "three");
        assertRefused("must not be negative; replication_factor is -1", "SimpleStrategy", "replication_factor", "-1");
        assertRefused("transient replicas are not modelled: dc1 is '3/1'", "NetworkTopologyStrategy", "dc1", "3/1");
        assertRefused("at least one datacenter", "NetworkTopologyStrategy");
        assertThatThrownBy(() ->
                        ReplicationStrategy.of("NetworkTopologyStrategy", options("dc9", "3"), List.of("dc1", "dc2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown datacenter 'dc9'; there are dc1, dc2");
    }

    private static void assertRefused(String message, String className, String... keysAndValues) {
        assertThatThrownBy(() -> ReplicationStrategy.of(className, options(keysAndValues)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
