package io.ringsim.scenario;

import io.ringsim.runtime.RealWorld;
import java.time.Duration;

/** Runs scenarios on simulated rings. */
public final class RingRunner implements ScenarioRunner {
    @Override
    @RealWorld("a run's wall time is shown to people; nothing in the run sees it")
    public RunResult run(Scenario scenario, long seed, RunListener listener) {
        long began = System.nanoTime();
        try (var run = new RingRun(scenario, seed, listener)) {
            var result = run.run();
            return result.took(Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
