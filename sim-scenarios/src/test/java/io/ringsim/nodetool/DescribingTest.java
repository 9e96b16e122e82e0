package io.ringsim.nodetool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Source;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribingTest {
    private static ImportedRing read(String text) {
        return RingFiles.read(Source.of("describering.txt", text), Optional.empty(), Optional.empty());
    }

    private static List<String> errors(String text) {
        try {
            read(text);
            return List.of();
        } catch (BadInput bad) {
            return bad.problems().stream().map(Problem::headline).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void givesTheSameRingAsNodetoolRing(String moment) {
        ImportedRing described = Captured.ring("describering-" + moment + ".txt");
        ImportedRing listed = Captured.ring("ring-" + moment + ".txt");

        assertThat(described.view().ring()).isEqualTo(listed.view().ring());
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void tellsTheStrategyByTheReplicas(String moment) {
        ImportedRing ring = Captured.ring("describering-" + moment + ".txt");
        var two = new TreeMap<String, String>();
        two.put("replication_factor", "2");

        assertThat(ring.described().orElseThrow().strategyOn(ring.view().ring()))
                .contains(ReplicationStrategy.of("SimpleStrategy", two));
    }

    @Test
    void tellsNetworkTopologyByItsRacks() {
        ImportedRing ring = read("""
                Schema Version:a3495356-a9de-30dc-9b19-8f275bd18e27
                TokenRange:
                \tTokenRange(start_token:30, end_token:-10, endpoints:[a, c], rpc_endpoints:[a, c], endpoint_details:[EndpointDetails(host:a, datacenter:dc1, rack:r1), EndpointDetails(host:c, datacenter:dc1, rack:r2)])
                \tTokenRange(start_token:-10, end_token:10, endpoints:[b, c], rpc_endpoints:[b, c], endpoint_details:[EndpointDetails(host:b, datacenter:dc1, rack:r1), EndpointDetails(host:c, datacenter:dc1, rack:r2)])
                \tTokenRange(start_token:10, end_token:30, endpoints:[c, a], rpc_endpoints:[c, a], endpoint_details:[EndpointDetails(host:c, datacenter:dc1, rack:r2), EndpointDetails(host:a, datacenter:dc1, rack:r1)])
                """);
        var factors = new TreeMap<String, String>();
        factors.put("dc1", "2");

        assertThat(ring.described().orElseThrow().strategyOn(ring.view().ring()))
                .contains(ReplicationStrategy.of("NetworkTopologyStrategy", factors));
        assertThat(ring.described().orElseThrow().replicas(ring.partitioner().parse("31")))
                .containsExactly(new NodeId("a"), new NodeId("c"));
    }

    @Test
    void noticesWhatIsMissing() {
        String text = Captured.source("describering-before.txt").text();
        List<String> lines = text.lines().toList();

        assertThat(errors(String.join("\n", lines.subList(0, 30))))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).contains("no range from").contains("lines are missing"));
        assertThat(errors(text.substring(0, 3000)))
                .singleElement()
                .asString()
                .contains("is missing; was the line cut off?");
        assertThat(errors("Schema Version:x\nTokenRange: \n"))
                .containsExactly(
                        "describering.txt: lists no range; give the whole output of nodetool describering KEYSPACE");
        assertThat(errors("nonsense here\n" + text))
                .singleElement()
                .asString()
                .startsWith("describering.txt:1:1: not a line of nodetool describering");
    }
}
