package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringsim.input.Golden;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String SMALL =
            Golden.resources().resolve("scenarios/runs/small.yaml").toString();

    @TempDir
    private Path folder = Path.of("");

    /** Runs nothing: the verdict depends on the seed alone. */
    private record Scripted(long failing, long undecided) implements ScenarioRunner {
        @Override
        public RunResult run(Scenario scenario, long seed, RunListener listener) {
            var verdict = seed == failing
                    ? RunResult.Verdict.FAILED
                    : seed == undecided ? RunResult.Verdict.UNDECIDED : RunResult.Verdict.PASSED;
            return new RunResult(
                    scenario.name(),
                    seed,
                    verdict,
                    verdict == RunResult.Verdict.PASSED ? "" : "as scripted",
                    Duration.ofHours(1),
                    Duration.ofMillis(5),
                    1_000,
                    "cafe" + seed,
                    List.of(),
                    List.of(),
                    List.of(),
                    new TreeMap<>(),
                    List.of(),
                    List.of());
        }
    }

    private Ran run(String... args) {
        return run(new Scripted(13, 14), args);
    }

    private Ran run(ScenarioRunner runner, String... args) {
        var all = new ArrayList<>(List.of("run", "--out", folder.resolve("out").toString()));
        all.addAll(List.of(args));
        return Ran.with(runner, "", all.toArray(String[]::new));
    }

    @Test
    void theVerdictIsTheExitCode() {
        assertThat(run(SMALL).exitCode()).isZero();
        assertThat(run(SMALL, "--seed", "13").exitCode()).isEqualTo(1);
        assertThat(run(SMALL, "--seed", "14").exitCode()).isEqualTo(3);
        assertThat(run(SMALL, "--seeds", "1..12").exitCode()).isZero();
        assertThat(run(SMALL, "--seeds", "1..13", "--jobs", "2").exitCode()).isEqualTo(1);
        assertThat(run(SMALL, "--seeds", "14..20").exitCode()).isEqualTo(3);
    }

    @Test
    void theSeedIsSaidFirstAndLastAndHowToRunItAgain() {
        Ran ran = run(SMALL, "--seed", "13");

        assertThat(ran.err()).startsWith("small: seed 13\n");
        assertThat(ran.out().lines().reduce("", (a, b) -> b))
                .startsWith("seed 13: failed; again with ./ringsim run ")
                .endsWith("small/13/scenario.lock.yaml --seed 13");
    }

    @Test
    void aRunLeavesAFolderThatSaysTheSame() throws IOException {
        Ran ran = run(SMALL, "--format", "json");
        Path made = folder.resolve("out/small/42");

        assertThat(ran.json().get("schema").asText()).isEqualTo("ringsim/run/1");
        assertThat(ran.json().get("outcome").asText()).isEqualTo("passed");
        assertThat(Files.readString(made.resolve("verdict.json"))).isEqualTo(ran.out());
        assertThat(made.resolve("report.html")).exists();
        assertThat(folder.resolve("out/latest/scenario.lock.yaml")).exists();
    }

    @Test
    void aSweepKeepsTheFoldersOfWhatDidNotPass() {
        Ran ran = run(SMALL, "--seeds", "10..15", "--progress", "none");

        assertThat(ran.out())
                .startsWith("small: 6 seeds, 4 passed, 1 failed, 1 undecided\n")
                .contains("seed 13: failed, as scripted")
                .contains("--seed 13");
        assertThat(folder.resolve("out/small/13/verdict.json")).exists();
        assertThat(folder.resolve("out/small/14/verdict.json")).exists();
        assertThat(folder.resolve("out/small/12")).doesNotExist();
    }

    @Test
    void severalRunsAreSeveralResults() {
        JsonNode all = run(SMALL, "--seeds", "1..3", "--format", "json").json();
        Ran lines = run(SMALL, "--seeds", "1..3", "--format", "ndjson");
        Ran csv = run(SMALL, SMALL, "--format", "csv");

        assertThat(all.get("schema").asText()).isEqualTo("ringsim/runs/1");
        assertThat(all.get("runs")).hasSize(3);
        assertThat(all.get("runs").get(2).get("seed").asLong()).isEqualTo(3);
        assertThat(lines.out().lines()).hasSize(3);
        assertThat(csv.out().lines()).hasSize(3).first().asString().startsWith("scenario,seed,outcome");
    }

    @Test
    void aDryRunRunsAndWritesNothing() {
        ScenarioRunner none = (scenario, seed, listener) -> {
            throw new IllegalStateException("nothing was to be run");
        };
        Ran text = run(none, Golden.resources() + "/scenarios/good/design.yaml", "--dry-run");
        Ran json = run(none, Golden.resources() + "/scenarios/good/design.yaml", "--dry-run", "--format", "json");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .contains("do: bootstrap, node: n7")
                .contains("do: decommission, node: n1")
                .contains("GiB");
        assertThat(json.json().get("steps")).hasSize(3);
        assertThat(json.json().get("steps").get(0).get("totalBytes").asLong()).isPositive();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void everythingThatIsWrongIsToldAndNothingIsRun() {
        String bad = Golden.resources() + "/scenarios/bad-shape/typos.yaml";
        Ran files = run(SMALL, bad, folder + "/none.yaml", "bootstrapp");

        assertThat(files.exitCode()).isEqualTo(2);
        assertThat(files.out()).isEmpty();
        assertThat(files.err())
                .contains("typos.yaml:2:31: num_token: unknown key")
                .contains("none.yaml: no such file")
                .contains("bootstrapp: there is no such file and no such suite; did you mean bootstrap?")
                .contains("errors, nothing was done");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThat(List.of(
                        run(SMALL, "--seeds", "5"),
                        run(SMALL, "--seeds", "9..1"),
                        run(SMALL, "--seeds", "1..3", "--seed", "4"),
                        run(SMALL, "--jobs", "3"),
                        run(SMALL, "--seed", "x"),
                        run(SMALL, "--until", "5"),
                        run(SMALL, "--until", "0s"),
                        run(SMALL, "--progress", "loud"),
                        run(SMALL, "--set", "model.ring_delay"),
                        run(SMALL, "--set", "model.ring_delay=5"),
                        run()))
                .allSatisfy(ran -> {
                    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
                    assertThat(ran.out()).isEmpty();
                });
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTheEnvironmentsFault() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "no directory");
        Ran ran = Ran.with(new Scripted(0, 0), "", "run", SMALL, "--out", file.toString());

        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err()).contains(file.toString()).doesNotContain("\tat ");
    }

    @Test
    void runsForReal() {
        Ran ran = Ran.with("run", SMALL, "--out", folder.resolve("out").toString());
        Ran again = Ran.with(
                "run",
                folder.resolve("out/small/42/scenario.lock.yaml").toString(),
                "--out",
                folder.resolve("out2").toString(),
                "--format",
                "json");

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("bootstrap n4 completed")
                .contains("trace " + again.json().get("traceHash").asText());
    }
}
