package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suites that ship pass, with their own seed and with others. */
class SuitesTest {
    private static final Path SUITES =
            Path.of(System.getProperty("ringsim.root"), "sim-scenarios/src/main/resources/suites");

    @ParameterizedTest
    @CsvSource({
        "bootstrap, 42", "bootstrap, 1",
        "decommission, 42", "decommission, 1",
        "remove, 42", "remove, 1",
        "replace, 42", "replace, 1",
        "grow-and-shrink, 42", "grow-and-shrink, 1",
        "bootstrap-under-faults, 42", "bootstrap-under-faults, 1",
        "bootstrap-under-faults, 2", "bootstrap-under-faults, 3",
        "bootstrap-with-rows, 42", "bootstrap-with-rows, 1",
        "bootstrap-with-rows, 2", "bootstrap-with-rows, 3"
    })
    void passes(String suite, long seed) {
        check(suite, seed, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap, 42", "bootstrap, 1",
        "decommission, 42", "decommission, 1",
        "remove, 42", "remove, 1",
        "replace, 42", "replace, 1",
        "grow-and-shrink, 42", "grow-and-shrink, 1",
        "bootstrap-under-faults, 42", "bootstrap-under-faults, 1",
        "bootstrap-under-faults, 2", "bootstrap-under-faults, 3",
        "bootstrap-with-rows, 42", "bootstrap-with-rows, 1"
    })
    void endsWithTheSameRingOnEveryNodeWhenTheNodesGossip(String suite, long seed) {
        check(suite, seed, List.of("membership=gossip"));
    }

    private static void check(String suite, long seed, List<String> settings) {
        var file = SUITES.resolve(suite + ".yaml");
        var scenario = ScenarioReader.read(Source.read(file), SUITES, settings, new Problems());

        var run = new RingRunner().run(scenario, seed, RunListener.SILENT);

        assertThat(run.outcome()).as(run.reason()).isEqualTo(RunResult.Verdict.PASSED);
        assertThat(run.invariants()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(invariant -> {
            assertThat(invariant.checks()).isPositive();
            assertThat(invariant.violations()).isEmpty();
        });
    }
}
