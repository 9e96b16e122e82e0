package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Golden;
import io.ringsim.ring.NodeId;
import io.ringsim.scenario.Fault;
import io.ringsim.scenario.Operation;
import io.ringsim.scenario.Profile;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioReader;
import io.ringsim.scenario.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private int files;

    private Scenario imported(String... args) {
        Path file = folder.resolve("scenario-" + ++files + ".yaml");
        var all = new ArrayList<>(List.of("import"));
        all.addAll(List.of(args));
        all.addAll(List.of("-o", file.toString()));
        Ran ran = Ran.with(all.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        return ScenarioReader.read(file);
    }

    private static String config(String name) {
        return Golden.resources().resolve("config").resolve(name).toString();
    }

    @Test
    void makesAScenarioOfARingWithANodeThatJoins() {
        Scenario scenario = imported(
                "ring",
                Ran.captured("ring-joining.txt"),
                "--status",
                Ran.captured("status-joining.txt"),
                "-k",
                "bench",
                "--replication",
                "SimpleStrategy:2");

        assertThat(scenario.ring().nodes()).hasSize(3);
        assertThat(scenario.bootstraps())
                .singleElement()
                .satisfies(joining -> assertThat(joining.tokens()).hasSize(16));
        assertThat(scenario.keyspaces().get(0).tables().get(0).dataOn(new NodeId("127.0.9.2")))
                .isEqualTo((long) (223.27 * 1024 * 1024));
    }

    @Test
    void aNodeThatIsDownIsCrashed() {
        Scenario scenario = imported(
                "ring",
                Ran.captured("ring-before.txt"),
                "--status",
                Ran.captured("status-with-down-nodes.txt"),
                "--replication",
                "SimpleStrategy:2");

        assertThat(scenario.timeline().stream().map(Step::action))
                .allMatch(Fault.Crash.class::isInstance)
                .hasSize(2);
    }

    @Test
    void makesAScenarioOfDescriberingAndOfStatus() {
        Scenario described = imported("describering", Ran.captured("describering-after.txt"), "-k", "bench");
        Scenario counted = imported("status", Ran.captured("status-after.txt"), "--replication", "SimpleStrategy:2");

        assertThat(described.keyspaces().get(0).replication().className()).isEqualTo("SimpleStrategy");
        assertThat(described.ring().nodes()).hasSize(4);
        assertThat(counted.ring().nodes())
                .hasSize(4)
                .allMatch(node -> node.tokens().isEmpty() && node.numTokens() == 16);
        assertThat(counted.timeline().get(0).action())
                .isEqualTo(new Operation.Decommission(new NodeId("127.0.9.4"), false));
    }

    @Test
    void makesAScenarioOfConfigurationFiles() {
        Scenario old = imported("storage-conf", config("storage-conf.xml"), "--nodes", "5");
        Scenario middle = imported("cassandra.yaml", config("cassandra-2.1.yaml"));
        Scenario recent = imported("cassandra.yaml", config("cassandra-4.1.yaml"), "--nodes", "6");

        assertThat(old.profile()).isEqualTo(Profile.V0_6);
        assertThat(old.keyspaces()).hasSize(2);
        assertThat(old.ring().nodes()).hasSize(5).allMatch(node -> node.numTokens() == 1);
        assertThat(middle.profile()).isEqualTo(Profile.V2_1);
        assertThat(middle.ring().nodes()).hasSize(4).allMatch(node -> node.numTokens() == 256);
        assertThat(middle.model().streamThroughputOutbound().bytesPerSecond()).isEqualTo(25L << 20);
        assertThat(recent.profile()).isEqualTo(Profile.V4_1);
        assertThat(recent.model().interDcStreamThroughputOutbound().isUnlimited())
                .isTrue();
    }

    @Test
    void printsTheScenarioWhenNoFileIsNamed() {
        Ran ran = Ran.with("import", "ring", Ran.captured("ring-before.txt"), "--name", "mine");

        assertThat(ran.out()).startsWith("ringsim: 1\nname: mine\n");
        assertThat(ran.err()).contains("no keyspace is known");
    }

    @Test
    void writesNothingWhenSomethingIsWrong() throws IOException {
        Path file = folder.resolve("x.yaml");
        Files.writeString(file, "mine");
        List<Ran> wrong = List.of(
                Ran.with("import", "ring", Ran.captured("ring-before.txt"), "-o", file.toString()),
                Ran.with("import", "rings", Ran.captured("ring-before.txt"), "-o", file.toString(), "--force"),
                Ran.with("import", "ring", Ran.captured("status-before.txt"), "-o", file.toString(), "--force"),
                Ran.with(
                        "import",
                        "ring",
                        Ran.captured("ring-before.txt"),
                        "--nodes",
                        "4",
                        "-o",
                        file.toString(),
                        "--force"),
                Ran.with(
                        "import",
                        "ring",
                        Ran.captured("ring-before.txt"),
                        "--name",
                        "../x",
                        "-o",
                        file.toString(),
                        "--force"),
                Ran.with(
                        "import",
                        "storage-conf",
                        config("storage-conf.xml"),
                        "--nodes",
                        "2",
                        "-o",
                        file.toString(),
                        "--force"),
                Ran.with("import", "storage-conf", config("cassandra-4.1.yaml"), "-o", file.toString(), "--force"),
                Ran.with("import", "cassandra.yaml", config("storage-conf.xml"), "-o", file.toString(), "--force"));

        assertThat(wrong).allSatisfy(ran -> {
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err()).doesNotContain("\tat ");
        });
        assertThat(file).hasContent("mine");
    }
}
