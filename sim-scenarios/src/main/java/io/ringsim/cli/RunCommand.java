package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Malformed;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.input.Units;
import io.ringsim.report.RunFolder;
import io.ringsim.scenario.Limits;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios. */
@Command(
        name = "run",
        description = "Runs scenarios under virtual time and tells whether all held.",
        footer = {
            "",
            "Each run leaves a folder OUT/NAME/SEED with its events, figures, verdict and an HTML report. In a sweep only",
            "seeds that did not pass leave one. Ctrl-C ends a run early and keeps what it reached.",
            "",
            "Examples:",
            "  ringsim run bootstrap",
            "  ringsim run scenario.yaml --seed 7 --set model.ring_delay=10s",
            "  ringsim run bootstrap-under-faults --seeds 1..200 --jobs 4",
            "  ringsim run scenario.yaml --dry-run"
        })
final class RunCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(arity = "1..*", paramLabel = "FILE|SUITE", description = "Scenario files, or names in suite list.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides all that is left to chance (default: the scenario's, or 42).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--seeds", paramLabel = "A..B", description = "Runs once for each of these seeds.")
    private String seeds = "";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at the same time in a sweep (default: one per core).")
    private int jobs;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replaces a value of the scenario: model.ring_delay=10s, timeline.0.at=1m.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--until", paramLabel = "TIME", description = "Stops at this moment of virtual time.")
    private String until = "";

    @Option(
            names = "--dry-run",
            description = "Shows the ring, the timeline and what it would move; runs and writes nothing.")
    private boolean dryRun;

    @Option(names = "--out", paramLabel = "DIR", description = "Where run folders go (default: out).")
    private String out = "out";

    @Option(names = "--progress", paramLabel = "HOW", description = "auto, bar, plain or none (default: auto).")
    private String progress = "auto";

    @Mixin
    private OutputOptions output = new OutputOptions();

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Scenario> scenarios = scenarios();
        ProgressStyle style = ProgressStyle.of(progress, shell.terminal());
        if (!seeds.isEmpty() && seed.isPresent()) {
            throw BadInput.in("--seeds", "--seed and --seeds are both given", "leave one out");
        }
        Optional<SeedRange> range =
                seeds.isEmpty() ? Optional.empty() : Optional.of(Arguments.read("--seeds", seeds, SeedRange::parse));
        if (jobs < 0 || (jobs > 0 && range.isEmpty())) {
            throw BadInput.in(
                    "--jobs",
                    jobs < 0 ? "'" + jobs + "' is no number of jobs" : "one seed is one job",
                    "write --seeds 1..200 --jobs 4");
        }
        if (dryRun) {
            scenarios.forEach(
                    scenario -> new DryRun(shell, output.format()).print(scenario, seed.orElse(scenario.seed())));
            return ExitCode.OK;
        }
        try (var interrupt = Interrupt.watch()) {
            var results = new ArrayList<RunResult>();
            for (Scenario scenario : scenarios) {
                if (interrupt.isRequested()) {
                    break;
                }
                if (range.isPresent()) {
                    results.addAll(new Sweep(shell, style, Path.of(out), jobs, interrupt).run(scenario, range.get()));
                } else {
                    results.add(single(scenario, style, interrupt));
                }
            }
            new RunPrinter(shell, output.format(), Path.of(out)).print(results, range.isPresent());
            return interrupt.isRequested() ? ExitCode.INTERRUPTED : exitCode(results);
        }
    }

    /** All scenarios, or all that is wrong with any of them. */
    private List<Scenario> scenarios() {
        var all = new Problems();
        var scenarios = new ArrayList<Scenario>();
        Optional<Duration> end =
                until.isEmpty() ? Optional.empty() : Optional.of(Arguments.read("--until", until, RunCommand::moment));
        for (String name : names) {
            var problems = new Problems();
            try {
                Scenario scenario = ScenarioFiles.read(name, settings, problems, shell);
                scenarios.add(end.map(moment -> endingAt(scenario, moment)).orElse(scenario));
            } catch (BadInput bad) {
                for (Problem problem : bad.problems()) {
                    all.add(problem);
                }
            }
            shell.warn(problems.warnings());
        }
        all.throwIfAny();
        return scenarios;
    }

    private static Duration moment(String text) {
        Duration moment = Units.time(text);
        if (moment.isZero()) {
            throw new Malformed("a run of no time decides nothing", "write --until 1h");
        }
        return moment;
    }

    private static Scenario endingAt(Scenario scenario, Duration end) {
        return scenario.with(new Limits(end, scenario.limits().events()));
    }

    private RunResult single(Scenario scenario, ProgressStyle style, Interrupt interrupt) {
        long chosen = seed.orElse(scenario.seed());
        shell.say(scenario.name() + ": seed " + chosen);
        try (var folder = RunFolder.open(Path.of(out), scenario.name(), chosen, ScenarioLock.text(scenario, chosen));
                var line = new ProgressLine(shell, style, scenario, interrupt)) {
            RunResult result = shell.runner().get().run(scenario, chosen, new Listeners(List.of(folder, line)));
            line.clear();
            folder.finish(result);
            return result;
        }
    }

    private static int exitCode(List<RunResult> results) {
        if (results.stream().anyMatch(result -> result.outcome() == RunResult.Verdict.FAILED)) {
            return ExitCode.FAILED;
        }
        return results.stream().allMatch(result -> result.outcome() == RunResult.Verdict.PASSED)
                ? ExitCode.OK
                : ExitCode.UNDECIDED;
    }
}
