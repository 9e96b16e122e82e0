package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.ring.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a real Cassandra 5.0.5 ring streamed is what a simulated run of its listings streams. */
class CapturedRingTest {
    private static final Path CAPTURED =
            Path.of(System.getProperty("ringsim.root"), "sim-scenarios/src/test/resources/cassandra-5.0.5");

    /** As the joining node's and the leaving node's own log said: see the two measured JSON files. */
    private static final Map<String, Long> BOOTSTRAP =
            Map.of("127.0.9.1", 53_112_654L, "127.0.9.2", 37_839_484L, "127.0.9.3", 46_392_610L);

    private static final Map<String, Long> DECOMMISSION =
            Map.of("127.0.9.1", 53_373_119L, "127.0.9.2", 37_929_814L, "127.0.9.3", 46_842_023L);

    private static final double TOLERANCE_PERCENT = 3;

    @Test
    void bootstrapsFromTheSamePeersWithTheSameBytes() {
        var run = run("ring-joining.txt", "status-joining.txt", 7);

        assertThat(run.outcome()).as(run.reason()).isEqualTo(RunResult.Verdict.PASSED);
        assertThat(run.operations()).singleElement().satisfies(bootstrap -> {
            assertThat(bootstrap.node()).isEqualTo(new NodeId("127.0.9.4"));
            assertMeasured(received(bootstrap), BOOTSTRAP);
        });
    }

    @Test
    void decommissionsToTheSamePeersWithTheSameBytes() {
        // The listings already show the node LEAVING, so the scenario begins with its decommission.
        // The leaving node had received its data in 22 files; of each, every peer was sent its part.
        var run = run("ring-after.txt", "status-after.txt", 22);

        assertThat(run.outcome()).as(run.reason()).isEqualTo(RunResult.Verdict.PASSED);
        assertThat(run.operations()).singleElement().satisfies(decommission -> {
            assertThat(decommission.node()).isEqualTo(new NodeId("127.0.9.4"));
            assertMeasured(sent(decommission), DECOMMISSION);
        });
    }

    private static RunResult run(String ring, String status, int sstables) {
        var text = """
                ringsim: 1
                name: captured
                profile: 4.1
                import: { nodetool_ring: %s, nodetool_status: %s }
                keyspaces:
                  bench:
                    replication: { class: SimpleStrategy, replication_factor: 2 }
                    tables: { t: { data_per_node: imported, sstables: %d } }
                expect:
                  - { replicas_agree: true }
                  - { views_agree: true }
                """.formatted(ring, status, sstables);
        var scenario = ScenarioReader.read(Source.of("captured.yaml", text), CAPTURED, List.of(), new Problems());
        return new RingRunner().run(scenario, 42, RunListener.SILENT);
    }

    private static Map<String, Long> received(RunResult.OperationRun operation) {
        var bytes = new TreeMap<String, Long>();
        operation.sessions().forEach(session -> bytes.put(session.peer().value(), session.bytesReceived()));
        return bytes;
    }

    private static Map<String, Long> sent(RunResult.OperationRun operation) {
        var bytes = new TreeMap<String, Long>();
        operation.sessions().forEach(session -> bytes.put(session.peer().value(), session.bytesSent()));
        return bytes;
    }

    private static void assertMeasured(Map<String, Long> ours, Map<String, Long> measured) {
        assertThat(ours.keySet()).isEqualTo(measured.keySet());
        measured.forEach((peer, bytes) -> assertThat((double) ours.getOrDefault(peer, 0L))
                .as(peer)
                .isCloseTo(bytes, within(bytes * TOLERANCE_PERCENT / 100)));
    }
}
