package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringsim.input.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingCommandsTest {
    private static final String RING = Ran.captured("ring-before.txt");

    @Test
    void showsOwnershipAsNodetoolDoes() {
        Ran ran = Ran.with(
                "ring",
                RING,
                "--status",
                Ran.captured("status-before.txt"),
                "-k",
                "bench",
                "--replication",
                "SimpleStrategy:2");

        assertThat(ran.exitCode()).isZero();
        Golden.check(Ran.golden("ring.txt"), ran.out());
        assertThat(ran.out()).contains("61.4%").contains("72.8%").contains("65.8%");
    }

    @Test
    void showsOwnershipAsData() {
        Ran ran = Ran.with("ring", RING, "--replication", "SimpleStrategy:2", "--format", "json");
        JsonNode first = ran.json().get("nodes").get(0);

        assertThat(ran.json().get("schema").asText()).isEqualTo("ringsim/ring/1");
        assertThat(first.get("node").asText()).isEqualTo("127.0.9.1");
        assertThat(first.get("owns").asDouble()).isCloseTo(0.6138, within(0.0001));
        assertThat(ran.json().get("balance").get(0).get("skew").asDouble()).isCloseTo(1.0917, within(0.001));
        Golden.check(
                Ran.golden("ring.csv"),
                Ran.with("ring", RING, "--format", "csv").out());
    }

    @Test
    void readsARingFromStandardInputAndFromAScenario() {
        String text = io.ringsim.input.Source.read(java.nio.file.Path.of(RING)).text();

        assertThat(Ran.piped(text, "ring", "-").out()).contains("127.0.9.3");
        assertThat(Ran.with("ring", Golden.resources() + "/scenarios/good/design.yaml")
                        .out())
                .contains("n6")
                .contains("shop");
    }

    @Test
    void findsReplicasAsDescriberingListsThem() {
        var args = new ArrayList<>(List.of("replicas", "--format", "json"));
        for (int i = 0; i < 500; i++) {
            args.add("key-" + i);
        }
        var byDescribering = new ArrayList<>(args);
        byDescribering.addAll(List.of("--ring", Ran.captured("describering-before.txt")));
        var byRing = new ArrayList<>(args);
        byRing.addAll(List.of("--ring", RING, "-k", "bench", "--replication", "SimpleStrategy:2"));

        Ran described = Ran.with(byDescribering.toArray(String[]::new));
        Ran computed = Ran.with(byRing.toArray(String[]::new));

        assertThat(described.exitCode()).as(described.err()).isZero();
        assertThat(described.json()).hasSize(500).isEqualTo(computed.json());
    }

    @Test
    void showsPendingReplicasWhileANodeJoins() {
        var args = new ArrayList<>(List.of(
                "replicas",
                "--ring",
                Ran.captured("ring-joining.txt"),
                "--replication",
                "SimpleStrategy:2",
                "--format",
                "json"));
        for (int i = 0; i < 200; i++) {
            args.add("key-" + i);
        }
        JsonNode rows = Ran.with(args.toArray(String[]::new)).json();
        int pending = 0;
        for (JsonNode row : rows) {
            assertThat(row.get("natural")).hasSize(2);
            pending += row.get("pending").size();
        }

        assertThat(pending).as("about 43 %% of 200").isBetween(60, 110);
    }

    @Test
    void takesReplicationInAllItsForms() {
        for (String form : List.of(
                "SimpleStrategy:2",
                "org.apache.cassandra.locator.SimpleStrategy:2",
                "RackUnawareStrategy:2",
                "NetworkTopologyStrategy:datacenter1=2",
                "NetworkTopologyStrategy:datacenter1:2",
                "NetworkTopologyStrategy:2",
                "OldNetworkTopologyStrategy:2",
                "SimpleStrategy:replication_factor=2")) {
            assertThat(Ran.with("replicas", "--ring", RING, "--replication", form, "-F", "csv", "alice")
                            .out())
                    .as(form)
                    .isEqualTo("key,token,natural,pending\nalice,5699955792253506986,127.0.9.2;127.0.9.3,\n");
        }
    }

    @Test
    void refusesReplicationThatCannotBe() {
        assertThat(List.of(
                        Ran.with("replicas", "--ring", RING, "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "SimpleStrategy:4", "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "SimplyStrategy:2", "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "NetworkTopologyStrategy:dc9=2", "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "SimpleStrategy", "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "SimpleStrategy:", "alice"),
                        Ran.with("replicas", "--ring", RING, "--replication", "SimpleStrategy:two", "alice"),
                        Ran.with("ring", RING, "-k", "a", "-k", "b", "--replication", "SimpleStrategy:2"),
                        Ran.with(
                                "ring",
                                RING,
                                "-k",
                                "a",
                                "--replication",
                                "SimpleStrategy:2",
                                "-k",
                                "a",
                                "--replication",
                                "SimpleStrategy:1"),
                        Ran.with("ring", RING, "--partitioner", "RandomPartitioner"),
                        Ran.with("ring", RING + ".none"),
                        Ran.with("ring", Ran.captured("status-before.txt"))))
                .allSatisfy(ran -> {
                    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
                    assertThat(ran.out()).isEmpty();
                    assertThat(ran.err()).contains("nothing was done").doesNotContain("\tat ");
                });
    }
}
