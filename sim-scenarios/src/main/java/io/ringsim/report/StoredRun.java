package io.ringsim.report;

import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import java.util.List;

/**
 * A run as its folder keeps it: all a report is made of.
 *
 * @param before the ring as the run began; empty when the run never came so far
 * @param events the first of its events
 * @param eventCount how many there are in all
 * @param replay the command that runs it again
 */
public record StoredRun(
        RunResult result,
        List<RunResult.NodeRun> before,
        List<RunListener.Event> events,
        long eventCount,
        String replay) {
    public StoredRun {
        before = List.copyOf(before);
        events = List.copyOf(events);
    }
}
