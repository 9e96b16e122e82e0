package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.input.BadInput;
import io.ringsim.input.Golden;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.network.Latency;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReaderTest {
    private static final Path GOOD = Golden.resources().resolve("scenarios/good");

    static Stream<Path> bad() {
        return Corpus.bad();
    }

    private static Scenario read(String text, String... overrides) {
        return ScenarioReader.read(Source.of("s.yaml", text), Path.of("."), List.of(overrides), new Problems());
    }

    @Test
    void readsTheShapeOfTheDesign() {
        Scenario scenario = ScenarioReader.read(GOOD.resolve("design.yaml"));
        var n7 = new NodeId("n7");

        assertThat(scenario.name()).isEqualTo("grow-while-a-peer-flaps");
        assertThat(scenario.profile()).isEqualTo(Profile.V2_1);
        assertThat(scenario.seed()).isEqualTo(42);
        assertThat(scenario.ring().partitioner()).isEqualTo(Partitioner.MURMUR3);
        assertThat(scenario.ring().nodes())
                .extracting(node -> node.node() + " " + node.location())
                .containsExactly("n1 dc1:r1", "n2 dc1:r2", "n3 dc1:r3", "n4 dc1:r1", "n5 dc1:r2", "n6 dc1:r3");
        assertThat(scenario.keyspaces().get(0).tables().get(0).dataOn(new NodeId("n3")))
                .isEqualTo(420L << 30);
        assertThat(scenario.model().streamThroughputOutbound()).isEqualTo(new Rate(24L << 20));
        assertThat(scenario.model().network().latency())
                .isEqualTo(new Latency.LogNormal(Duration.ofNanos(300_000), Duration.ofMillis(4)));
        assertThat(scenario.timeline())
                .containsExactly(
                        new Step(
                                new Step.At(Duration.ofSeconds(10)),
                                new Operation.Bootstrap(n7, new Location("dc1", "r1"), 16, List.of())),
                        new Step(
                                new Step.At(Duration.ofSeconds(40)),
                                new Fault.Partition(
                                        new Fault.Links(List.of(List.of(new NodeId("n2")), List.of(n7)), false),
                                        Optional.of(Duration.ofSeconds(25)))),
                        new Step(
                                new Step.WhenState(n7, NodeState.NORMAL),
                                new Operation.Decommission(new NodeId("n1"), false)));
        assertThat(scenario.expect())
                .containsExactly(
                        new Expectation.Reaches(n7, NodeState.NORMAL, Optional.of(Duration.ofHours(9))),
                        new Expectation.NoAcknowledgedWriteLost());
        assertThat(scenario.limits()).isEqualTo(new Limits(Duration.ofHours(24), 50_000_000));
    }

    @Test
    void fillsInWhatIsLeftOut() {
        Scenario scenario = ScenarioReader.read(GOOD.resolve("small.yaml"));

        assertThat(scenario.name()).isEqualTo("small");
        assertThat(scenario.ring().nodes()).allMatch(node -> node.numTokens() == 256);
        assertThat(scenario.model()).isEqualTo(Model.defaults(Profile.V2_1));
        assertThat(scenario.limits()).isEqualTo(Limits.DEFAULTS);
        assertThat(scenario.bootstraps())
                .containsExactly(
                        new Operation.Bootstrap(new NodeId("n4"), new Location("dc1", "rack1"), 256, List.of()));
    }

    @Test
    void dealsEvenTokensRoundTheRing() {
        Scenario scenario = ScenarioReader.read(GOOD.resolve("everything.yaml"));
        var even = scenario.ring().datacenters().get(4);
        var all = new TreeSet<Object>();
        even.nodes().forEach(node -> all.addAll(node.tokens()));

        assertThat(all).hasSize(6);
        assertThat(even.nodes()).allMatch(node -> node.tokens().size() == 2);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void tellsEverythingThatIsWrong(Path file) {
        Path errors = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".errors"));
        try {
            ScenarioReader.read(file);
            Golden.check(errors, "");
        } catch (BadInput bad) {
            String told = bad.problems().stream()
                    .map(Problem::toString)
                    .map(text -> text.replace(file.getParent() + "/", ""))
                    .collect(Collectors.joining("\n", "", "\n"));
            Golden.check(errors, told);
        }
    }

    @Test
    void takesValuesFromTheCommandLine() {
        String text = """
                ringsim: 1
                ring: { datacenters: { dc1: { nodes: 3 } } }
                keyspaces: {}
                timeline: [ { at: 1s, do: bootstrap, node: n9 } ]
                """;

        Scenario scenario = read(
                text,
                "model.ring_delay=7s",
                "ring.datacenters.dc1.racks=[a, b]",
                "timeline.0.at=3s",
                "limits={ events: 5k }");

        assertThat(scenario.model().ringDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(scenario.ring().datacenters().get(0).racks()).containsExactly("a", "b");
        assertThat(scenario.timeline().get(0).start()).isEqualTo(new Step.At(Duration.ofSeconds(3)));
        assertThat(scenario.limits().events()).isEqualTo(5_000);
    }

    @Test
    void saysWhatIsWrongWithAValueFromTheCommandLine() {
        String text = """
                ringsim: 1
                ring: { datacenters: { dc1: { nodes: 3 } } }
                keyspaces: {}
                """;

        assertThatThrownBy(() -> read(text, "model.ring_delay=7", "model.ring_dela=7s", "name.x=1", "nothing"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--set nothing: is no setting");
        assertThatThrownBy(() -> read(text, "model.ring_delay=7", "model.ring_dela=7s"))
                .hasMessageContaining("--set model.ring_delay=7:1:18: ring_delay: the time '7' has no unit")
                .hasMessageContaining("ring_dela: unknown key in model; did you mean ring_delay?");
    }

    @Test
    void takesARingOverFromNodetool() {
        Path folder = Golden.resources().resolve("cassandra-5.0.5");
        String text = """
                ringsim: 1
                import: { nodetool_ring: ring-joining.txt, nodetool_status: status-joining.txt }
                keyspaces:
                  bench:
                    replication: { class: SimpleStrategy, replication_factor: 2 }
                    tables: { t: { data_per_node: imported } }
                timeline: [ { when: "127.0.9.4 is NORMAL", do: decommission, node: 127.0.9.1 } ]
                """;

        Scenario scenario = ScenarioReader.read(Source.of("s.yaml", text), folder, List.of(), new Problems());

        assertThat(scenario.ring().nodes())
                .hasSize(3)
                .allMatch(node -> node.tokens().size() == 16);
        assertThat(scenario.bootstraps()).singleElement().satisfies(joining -> {
            assertThat(joining.node()).isEqualTo(new NodeId("127.0.9.4"));
            assertThat(joining.tokens()).hasSize(16);
        });
        assertThat(scenario.timeline()).hasSize(2);
        assertThat(scenario.keyspaces().get(0).tables().get(0).dataOn(new NodeId("127.0.9.2")))
                .isEqualTo((long) (223.27 * 1024 * 1024));
    }
}
