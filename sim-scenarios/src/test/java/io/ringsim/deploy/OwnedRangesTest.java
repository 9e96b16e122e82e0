package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.deploy.HostSettings.RingSettings;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.KeyspaceRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which ranges a node takes for its own: of a at 0, b at 1000 and c at 2000, each range has one replica. */
class OwnedRangesTest {
    private final List<Endpoint> ring = new ArrayList<>(
            List.of(is("a", 0, Status.NORMAL), is("b", 1_000, Status.NORMAL), is("c", 2_000, Status.NORMAL)));

    private static Token token(long token) {
        return Partitioner.MURMUR3.parse(Long.toString(token));
    }

    private static Endpoint is(String node, long token, Status status) {
        return new Endpoint(
                new NodeId(node), new Location("dc1", "r1"), 1, 1, status, List.of(token(token)), List.of(), "", 0);
    }

    private static KeyspaceRanges shop(long left, long right) {
        return new KeyspaceRanges("shop", List.of(new TokenRange(token(left), token(right))));
    }

    private OwnedRanges of(String node) {
        var options = new TreeMap<String, String>();
        options.put("replication_factor", "1");
        var keyspaces = List.of(new Keyspace("shop", ReplicationStrategy.of("SimpleStrategy", options)));
        var settings = new RingSettings("Test Cluster", Partitioner.MURMUR3, keyspaces, List.of());
        return new OwnedRanges(new NodeId(node), settings, () -> List.copyOf(ring));
    }

    @Test
    void aReplicaOwnsItsRangesAndPartsOfThem() {
        assertThat(of("b")).accepts(shop(0, 1_000), shop(200, 300)).rejects(shop(900, 1_001), shop(1_000, 2_000));
        assertThat(of("b")).rejects(new KeyspaceRanges("other", List.of(new TokenRange(token(0), token(1_000)))));
    }

    @Test
    void whoJoinsOwnsWhatItIsAboutToGain() {
        var joiner = of("d");
        assertThat(joiner).rejects(shop(1_000, 1_500));

        ring.add(is("d", 1_500, Status.BOOT));

        assertThat(joiner).accepts(shop(1_000, 1_500)).rejects(shop(1_000, 1_501));
        assertThat(of("c")).accepts(shop(1_000, 1_500));
    }

    @Test
    void whoTakesOverFromOneThatLeavesOwnsBothRangesAsOne() {
        var heir = of("c");
        assertThat(heir).rejects(shop(500, 1_500));

        ring.set(1, is("b", 1_000, Status.LEAVING));

        assertThat(heir).accepts(shop(500, 1_500), shop(0, 2_000)).rejects(shop(-1, 1_000));
    }
}
