package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.runtime.OtherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same scenario and seed give the same trace, wherever it runs. */
class ReplayTest {
    private static final String FAULTY = """
            ringsim: 1
            name: replayed
            ring: { datacenters: { dc1: { racks: [r1, r2, r3], nodes: 6, num_tokens: 8, tokens: even } } }
            keyspaces:
              shop:
                replication: { class: NetworkTopologyStrategy, dc1: 3 }
                tables: { orders: { data_per_node: 200MiB, sstables: 4 } }
            model: { network: { loss: 0.5% } }
            timeline:
              - { at: 5s, fault: corrupt-file, node: n1 }
              - { at: 10s, do: bootstrap, node: n7, rack: r1 }
              - { when: "n7 streams", fault: partition, between: [n1, n7], for: 5s }
              - { when: "n7 is NORMAL", do: decommission, node: n2 }
              - { when: "n7 is NORMAL", fault: crash, node: n5, restart_after: 20s }
            expect:
              - { node: n7, state: NORMAL }
              - { replicas_agree: true }
              - { views_agree: true }
            """;

    private static final String ROWS = """
            ringsim: 1
            name: replayed-rows
            ring: { datacenters: { dc1: { racks: [r1, r2, r3], nodes: 5, num_tokens: 8 } } }
            keyspaces:
              shop:
                replication: { class: NetworkTopologyStrategy, dc1: 3 }
                tables: { orders: { rows: 500, row: 600B }, items: { rows: 100, row: 3KiB } }
            model: { stream_throughput_outbound: 50KiB/s }
            timeline:
              - { at: 10s, do: bootstrap, node: n6, rack: r1 }
              - { when: "n6 has received 20%", fault: crash, node: n6, restart_after: 30s }
              - { at: 5m, do: resume, node: n6 }
              - { when: "n6 is NORMAL", do: decommission, node: n2 }
            expect:
              - { node: n6, state: NORMAL }
              - { replicas_agree: true }
            """;

    /** Prints the trace hash of the scenario for each seed: what another JVM runs. */
    static final class Hashes {
        public static void main(String[] seeds) {
            for (var seed : seeds) {
                System.out.println(run(Long.parseLong(seed)).traceHash());
                System.out.println(run(ROWS, Long.parseLong(seed)).traceHash());
            }
        }
    }

    @Test
    void inAnotherJvm() {
        assertThat(OtherJvm.run(OtherJvm.thisJavaHome(), List.of(), Hashes.class, "1", "2"))
                .containsExactly(
                        run(1).traceHash(),
                        run(ROWS, 1).traceHash(),
                        run(2).traceHash(),
                        run(ROWS, 2).traceHash());
    }

    @Test
    void onAnotherJdk() {
        var other = OtherJvm.otherJavaHome();
        assumeTrue(other.isPresent(), "no second JDK here; name one with RINGSIM_OTHER_JAVA_HOME");

        assertThat(OtherJvm.run(other.get(), List.of(), Hashes.class, "1"))
                .containsExactly(run(1).traceHash(), run(ROWS, 1).traceHash());
    }

    @Test
    void tenSeedsDifferInTheirTracesAndAgreeInTheirVerdict() {
        var hashes = new ArrayList<String>();
        for (long seed = 1; seed <= 10; seed++) {
            var run = run(seed);
            assertThat(run.outcome()).as("seed " + seed + ": " + run.reason()).isEqualTo(RunResult.Verdict.PASSED);
            hashes.add(run.traceHash());
        }
        assertThat(new HashSet<>(hashes)).hasSize(10);
    }

    @Test
    void ringsOfRowsPass() {
        for (long seed = 1; seed <= 5; seed++) {
            var run = run(ROWS, seed);
            assertThat(run.outcome()).as("seed " + seed + ": " + run.reason()).isEqualTo(RunResult.Verdict.PASSED);
        }
    }

    private static RunResult run(long seed) {
        return run(FAULTY, seed);
    }

    private static RunResult run(String text, long seed) {
        var scenario = ScenarioReader.read(
                Source.of("replayed.yaml", text), Path.of("").toAbsolutePath(), List.of(), new Problems());
        return new RingRunner().run(scenario, seed, RunListener.SILENT);
    }
}
