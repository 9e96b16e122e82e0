package io.ringsim.scenario;

/** Runs a scenario in a simulated world of its own, on the calling thread. */
public interface ScenarioRunner {
    /**
     * Runs to the end: all steps done and the ring quiet, an invariant broken, or a limit reached.
     *
     * @param scenario with or without tokens; {@link Scenario} says what the seed decides
     */
    RunResult run(Scenario scenario, long seed, RunListener listener);
}
