package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringsim.input.Golden;
import io.ringsim.scenario.RingRunner;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {
    private static final List<String> BENCH = List.of("--keyspace", "bench", "--replication", "SimpleStrategy:2");

    private static Ran plan(String operation, String moment, String... more) {
        var args = new ArrayList<>(List.of(
                "plan",
                operation,
                "--ring",
                Ran.captured("ring-" + moment + ".txt"),
                "--status",
                Ran.captured("status-" + moment + ".txt")));
        args.addAll(BENCH);
        args.addAll(List.of(more));
        return Ran.with(args.toArray(String[]::new));
    }

    private static JsonNode measured(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Golden.resources()
                        .resolve("cassandra-5.0.5/" + name + "-measured.json")
                        .toFile())
                .get("by_peer");
    }

    @Test
    void meetsAMeasuredBootstrap() throws IOException {
        Ran ran = plan("bootstrap", "joining", "--node", "127.0.9.4", "--throughput", "2MiB/s", "--format", "json");
        JsonNode measured = measured("bootstrap");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().get("peers")).hasSize(3).allSatisfy(peer -> {
            double real = measured.get(peer.get("from").asText())
                    .get("bench.t")
                    .get("bytes")
                    .asDouble();
            assertThat(peer.get("bytes").asDouble()).isCloseTo(real, within(real * 0.03));
        });
        assertThat(Duration.parse(ran.json().get("duration").get("low").asText()))
                .isBetween(Duration.ofSeconds(53), Duration.ofSeconds(57));
        assertThat(ran.json().get("limitedBy").asText()).contains("127.0.9.1 outbound 2 MiB/s");
    }

    @Test
    void meetsAMeasuredDecommission() throws IOException {
        Ran ran = Ran.with(
                "plan",
                "decommission",
                "--ring",
                Ran.captured("describering-after.txt"),
                "--status",
                Ran.captured("status-after.txt"),
                "--node",
                "127.0.9.4",
                "--sstables",
                "22",
                "--format",
                "json");
        JsonNode measured = measured("decommission");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().get("peers")).hasSize(3).allSatisfy(peer -> {
            double real = measured.get(peer.get("to").asText())
                    .get("bench.t")
                    .get("bytes")
                    .asDouble();
            assertThat(peer.get("bytes").asDouble()).isCloseTo(real, within(real * 0.03));
        });
    }

    @Test
    void printsForPeople() {
        Golden.check(
                Ran.golden("plan-bootstrap.txt"),
                plan("bootstrap", "joining", "--node", "127.0.9.4", "--throughput", "2MiB/s")
                        .out());
    }

    @Test
    void rangesAddUpToPeers() {
        JsonNode json = plan("bootstrap", "joining", "--node", "127.0.9.4", "--format", "json")
                .json();
        var byPeer = new TreeMap<String, Long>();
        json.get("keyspaces")
                .get(0)
                .get("fetch")
                .forEach(range -> byPeer.merge(
                        range.get("from").asText(), range.get("bytes").asLong(), Long::sum));

        json.get("peers")
                .forEach(peer -> assertThat(byPeer)
                        .containsEntry(
                                peer.get("from").asText(), peer.get("bytes").asLong()));
        assertThat(json.get("totalBytes").asLong())
                .isEqualTo(byPeer.values().stream().mapToLong(Long::longValue).sum());
        assertThat(json.get("tokens")).hasSize(16).allMatch(JsonNode::isTextual);
        assertThat(json.get("ownershipAfter").get("127.0.9.4").asDouble()).isCloseTo(0.429, within(0.001));
        assertThat(json.get("keyspaces").get(0).get("name").asText()).isEqualTo("bench");
    }

    @Test
    void printsRangesAsLines() {
        Ran csv = plan("bootstrap", "joining", "--node", "127.0.9.4", "--format", "csv");
        Ran lines = plan("bootstrap", "joining", "--node", "127.0.9.4", "--format", "ndjson");

        assertThat(csv.out().lines()).first().isEqualTo("keyspace,left,right,from,to,bytes");
        assertThat(lines.out().lines().count()).isEqualTo(csv.out().lines().count());
    }

    /** What a plan says and what a run then streams is the same, byte for byte and file for file. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "design", "two-keyspaces"})
    void agreesWithARun(String name) {
        Path file = Golden.resources().resolve("scenarios/runs/" + name + ".yaml");
        var scenario = ScenarioReader.read(file);
        var joining = scenario.bootstraps().get(0);
        var run = new RingRunner().run(scenario, scenario.seed(), RunListener.SILENT);
        JsonNode planned = Ran.with(
                        "plan",
                        "bootstrap",
                        "--ring",
                        file.toString(),
                        "--node",
                        joining.node().value(),
                        "--format",
                        "json")
                .json();

        var operation = run.operations().get(0);
        var streamed = new TreeMap<String, Long>();
        operation
                .sessions()
                .forEach(session -> streamed.merge(session.peer().value(), session.bytesReceived(), Long::sum));
        var expected = new TreeMap<String, Long>();
        planned.get("peers")
                .forEach(peer -> expected.put(
                        peer.get("from").asText(), peer.get("bytes").asLong()));

        assertThat(streamed).isEqualTo(expected);
        assertThat(operation.sessions().stream()
                        .mapToInt(session -> session.filesReceived())
                        .sum())
                .isEqualTo(java.util.stream.StreamSupport.stream(
                                planned.get("peers").spliterator(), false)
                        .mapToInt(peer -> peer.get("files").asInt())
                        .sum());
        Duration took = operation.ended().minus(operation.started());
        assertThat(took)
                .isBetween(
                        Duration.parse(planned.get("duration").get("low").asText())
                                .minusSeconds(1),
                        Duration.parse(planned.get("duration").get("high").asText()));
    }

    @Test
    void tellsWhatCassandraWouldRefuse() {
        Ran others = plan("bootstrap", "joining", "--node", "127.0.9.5", "--num-tokens", "4", "--format", "json");
        Ran tooFew = Ran.with(
                "plan",
                "decommission",
                "--ring",
                Ran.captured("ring-before.txt"),
                "--replication",
                "SimpleStrategy:3",
                "--node",
                "127.0.9.1",
                "--format",
                "json");
        Ran taken =
                plan("bootstrap", "before", "--node", "127.0.9.5", "--tokens", "-7912908803613548926", "-F", "json");
        Ran alive = plan("remove", "before", "--node", "127.0.9.1", "-F", "json");
        Ran sourceDown = plan("bootstrap", "joining", "--node", "127.0.9.4", "--down", "127.0.9.2", "-F", "json");

        assertThat(List.of(others, tooFew, taken, alive, sourceDown)).allSatisfy(ran -> {
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
            assertThat(ran.json().get("schema").asText()).isEqualTo("ringsim/plan/1");
            assertThat(ran.json().get("refused").asText()).isNotBlank();
            assertThat(ran.json()).hasSize(2);
        });
        assertThat(plan("remove", "before", "--node", "127.0.9.1").err()).startsWith("Refused: remove 127.0.9.1: ");
    }

    @Test
    void plansEveryOperation() {
        assertThat(List.of(
                        plan("bootstrap", "before", "--node", "n9", "--num-tokens", "8"),
                        plan("bootstrap", "before", "--node", "n9", "--num-tokens", "8", "--allocation", "even"),
                        plan("bootstrap", "before", "--node", "n9", "--tokens", "5,-5", "--rack", "r9", "--no-strict"),
                        plan("decommission", "after", "--node", "127.0.9.4"),
                        plan("remove", "before", "--node", "127.0.9.1", "--down", "127.0.9.1"),
                        plan("replace", "before", "--node", "n9", "--replaced", "127.0.9.1", "--down", "127.0.9.1"),
                        plan("rebuild", "before", "--node", "127.0.9.1"),
                        Ran.with(
                                "plan",
                                "move",
                                "--ring",
                                Ran.golden("one-token-ring.txt").toString(),
                                "--replication",
                                "SimpleStrategy:2",
                                "--node",
                                "10.0.0.2",
                                "--token",
                                "42")))
                .allSatisfy(ran -> {
                    assertThat(ran.exitCode()).as(ran.err()).isZero();
                    assertThat(ran.out())
                            .startsWith("Plan: ")
                            .contains("Duration")
                            .contains("Balance");
                });
    }

    @Test
    void placesTokensSoThatTheRingBecomesEven() {
        double random = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Ran drawn = plan(
                    "bootstrap", "before", "--node", "n9", "--num-tokens", "16", "--seed", seed + "", "-F", "json");
            random += drawn.json().get("balanceAfter").get(0).get("skew").asDouble() / 10;
        }
        JsonNode even = plan(
                        "bootstrap",
                        "before",
                        "--node",
                        "n9",
                        "--num-tokens",
                        "16",
                        "--allocation",
                        "even",
                        "-F",
                        "json")
                .json();

        assertThat(even.get("balanceAfter").get(0).get("skew").asDouble()).isLessThan(random);
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThat(List.of(
                        plan("bootstrap", "before", "--node", "127.0.9.1"),
                        plan("bootstrap", "before", "--node", "n 9"),
                        plan("bootstrap", "before", "--node", "n9", "--tokens", "1,1"),
                        plan("bootstrap", "before", "--node", "n9", "--tokens", "1,x"),
                        plan("bootstrap", "before", "--node", "n9", "--tokens", "9223372036854775808"),
                        plan("bootstrap", "before", "--node", "n9", "--tokens", "1", "--num-tokens", "2"),
                        plan("bootstrap", "before", "--node", "n9", "--num-tokens", "-1"),
                        plan("bootstrap", "before", "--node", "n9", "--allocation", "clever"),
                        plan("bootstrap", "joining", "--node", "127.0.9.4", "--num-tokens", "2"),
                        plan("decommission", "before", "--node", "127.0.9.9"),
                        plan("decommission", "joining", "--node", "127.0.9.4"),
                        plan("replace", "before", "--node", "n9", "--replaced", "n8"),
                        plan("rebuild", "before", "--node", "127.0.9.1", "--from", "dc7"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--down", "127.0.9.7"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--throughput", "24"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--ring-delay", "30"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--profile", "9"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--load", "lots"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--load", "1GiB", "--load", "2GiB"),
                        plan("decommission", "before", "--node", "127.0.9.1", "--sstables", "-4"),
                        Ran.with(
                                "plan",
                                "decommission",
                                "--ring",
                                Ran.captured("ring-before.txt"),
                                "--node",
                                "127.0.9.1"),
                        Ran.with("plan", "explode")))
                .allSatisfy(ran -> {
                    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(2);
                    assertThat(ran.out()).isEmpty();
                    assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
                });
    }

    @Test
    void saysWhatItAssumed() {
        JsonNode unknown = Ran.with(
                        "plan",
                        "decommission",
                        "--ring",
                        Ran.captured("describering-before.txt"),
                        "--node",
                        "127.0.9.1",
                        "--format",
                        "json")
                .json();
        JsonNode given = Ran.with(
                        "plan",
                        "decommission",
                        "--ring",
                        Ran.captured("describering-before.txt"),
                        "--node",
                        "127.0.9.1",
                        "--load",
                        "1GiB",
                        "--format",
                        "json")
                .json();

        assertThat(unknown.get("totalBytes").asLong()).isZero();
        assertThat(unknown.get("notes").toString()).contains("no load is known");
        assertThat(given.get("totalBytes").asLong()).isGreaterThan(1L << 29);
        assertThat(given.get("notes").toString()).contains("SSTables");
    }
}
