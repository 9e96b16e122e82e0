package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.scenario.RingRunner;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.Verdict;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of runs that really ran. */
class RealRunTest {
    private static final String GROW_AND_SHRINK = """
            ringsim: 1
            name: grow-and-shrink
            profile: "2.1"
            ring:
              datacenters: { dc1: { racks: [r1, r2], nodes: 4, num_tokens: 4 } }
            keyspaces:
              shop:
                replication: { class: SimpleStrategy, replication_factor: 2 }
                tables: { orders: { data_per_node: 1GiB, sstables: 3 } }
            timeline:
              - { at: 10s, do: bootstrap, node: n5, rack: r1 }
              - { at: 50s, fault: partition, between: [n2, n5], for: 2s }
              - { when: "n5 is NORMAL", do: decommission, node: n1 }
            expect:
              - { node: n5, state: NORMAL, within: 1h }
              - { replicas_agree: true }
            limits: { virtual: 24h, events: 50M }
            """;

    @TempDir
    Path out;

    @Test
    void tellsWhatHappened() throws Exception {
        var scenario = scenario(GROW_AND_SHRINK);

        RunResult result;
        try (var folder = RunFolder.open(out, scenario.name(), 42, GROW_AND_SHRINK)) {
            result = new RingRunner().run(scenario, 42, folder);
            folder.finish(result);
        }
        var read = RunFolder.read(out.resolve("latest"));

        assertThat(result.outcome()).as(result.reason()).isEqualTo(Verdict.PASSED);
        assertThat(read.result()).isEqualTo(result);
        assertThat(read.before())
                .hasSize(4)
                .allSatisfy(node -> assertThat(node.tokens()).hasSize(4));
        assertThat(read.between()).extracting(change -> change.node().value()).containsExactly("n5", "n1");
        assertThat(read.events()).isNotEmpty();
        assertThat(Read.csv(Read.file(out.resolve("latest/streams.csv")))).hasSizeGreaterThan(4);
        var page = Read.xml(Read.file(out.resolve("latest/report.html")));
        assertThat(Read.elements(page, "svg")).hasSize(6);
        assertThat(Read.file(out.resolve("latest/log.txt"))).contains("n5 is JOINING (4 tokens)");
    }

    @Test
    void isUndecidedWhenTheRunIsStopped() {
        var scenario = scenario(GROW_AND_SHRINK);
        var stopping = new RunListener() {
            @Override
            public boolean onProgress(Progress progress) {
                return progress.events() < 5_000;
            }
        };

        try (var folder = RunFolder.open(out, scenario.name(), 42, GROW_AND_SHRINK)) {
            folder.finish(new RingRunner().run(scenario, 42, stopping));
        }

        assertThat(RunFolder.read(out.resolve("latest")).result().outcome()).isEqualTo(Verdict.UNDECIDED);
        assertThat(Files.exists(out.resolve("latest/report.html"))).isTrue();
    }

    private static Scenario scenario(String yaml) {
        return ScenarioReader.read(Source.of("test.yaml", yaml), Path.of("."), List.of(), new Problems());
    }
}
