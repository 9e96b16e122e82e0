package io.ringsim.cli;

import io.ringsim.report.RunFolder;
import io.ringsim.runtime.RealWorld;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a scenario for many seeds, several at a time, each in a world of its own. */
@RealWorld("worlds run side by side on real threads; each is one thread")
final class Sweep {
    /** Seeds that did not pass and are run once more, to leave their folders. */
    private static final int FOLDERS_KEPT = 10;

    private final Shell shell;
    private final ProgressStyle style;
    private final Path out;
    private final int jobs;
    private final Interrupt interrupt;
    private final AtomicInteger done = new AtomicInteger();
    private final RunListener stop = new RunListener() {
        @Override
        public boolean onProgress(Progress progress) {
            return !interrupt.isRequested();
        }
    };

    Sweep(Shell shell, ProgressStyle style, Path out, int jobs, Interrupt interrupt) {
        this.shell = shell;
        this.style = style;
        this.out = out;
        this.jobs = jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors();
        this.interrupt = interrupt;
    }

    List<RunResult> run(Scenario scenario, SeedRange seeds) {
        shell.say(scenario.name() + ": seeds " + seeds.first() + ".." + seeds.last() + ", " + jobs + " at a time");
        var tasks = new ArrayList<Callable<Optional<RunResult>>>();
        for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
            long chosen = seed;
            tasks.add(() -> once(scenario, chosen, seeds.count()));
        }
        List<RunResult> results = all(tasks);
        results.stream()
                .filter(result -> result.outcome() != RunResult.Verdict.PASSED)
                .limit(FOLDERS_KEPT)
                .forEach(result -> keep(scenario, result));
        return results;
    }

    private List<RunResult> all(List<Callable<Optional<RunResult>>> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            var results = new ArrayList<RunResult>();
            for (Future<Optional<RunResult>> future : pool.invokeAll(tasks)) {
                future.get().ifPresent(results::add);
            }
            return results;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while worlds were running", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException bug
                    ? bug
                    : new IllegalStateException(failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Nothing when the sweep was interrupted before this seed's turn. */
    private Optional<RunResult> once(Scenario scenario, long seed, int count) {
        if (interrupt.isRequested()) {
            return Optional.empty();
        }
        RunResult result = shell.runner().get().run(scenario, seed, stop);
        said(scenario, result, done.incrementAndGet(), count);
        return Optional.of(result);
    }

    private void said(Scenario scenario, RunResult result, int number, int count) {
        boolean passed = result.outcome() == RunResult.Verdict.PASSED;
        if (style == ProgressStyle.NONE
                || (passed && style == ProgressStyle.PLAIN && number * 20 / count == (number - 1) * 20 / count)) {
            return;
        }
        String line = scenario.name() + ": " + number * 100 / count + "%, " + number + " of " + count + " seeds";
        if (style == ProgressStyle.BAR && passed) {
            shell.err().print("\r" + line + (number == count ? "\n" : ""));
            shell.err().flush();
        } else {
            shell.say((style == ProgressStyle.BAR ? "\r" : "")
                    + line
                    + (passed ? "" : "; seed " + result.seed() + ": " + result.reason()));
        }
    }

    /** Runs the seed once more for its events; who interrupts the sweep does not wait for that. */
    private void keep(Scenario scenario, RunResult result) {
        long seed = result.seed();
        try (var folder = RunFolder.open(out, scenario.name(), seed, ScenarioLock.text(scenario, seed))) {
            boolean hurried = interrupt.isRequested();
            folder.finish(
                    hurried ? result : shell.runner().get().run(scenario, seed, new Listeners(List.of(folder, stop))));
        }
    }
}
