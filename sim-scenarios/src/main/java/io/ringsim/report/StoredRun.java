package io.ringsim.report;

import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A run as its folder keeps it: all a report is made of.
 *
 * @param before the ring as the run began; empty when the run never came so far
 * @param between the ring each time its members changed, the first few times
 * @param events the first of its events
 * @param eventCount how many there are in all
 * @param folder where it is kept
 */
public record StoredRun(
        RunResult result,
        List<RunResult.NodeRun> before,
        List<RingChange> between,
        List<RunListener.Event> events,
        long eventCount,
        Path folder) {
    public StoredRun {
        before = List.copyOf(before);
        between = List.copyOf(between);
        events = List.copyOf(events);
    }

    /** The command that runs it again. */
    public String replay() {
        String lock = folder.resolve(RunFolder.LOCK).toString();
        String quoted = lock.matches("[\\w./@%+=:,-]+") ? lock : "'" + lock.replace("'", "'\\''") + "'";
        return "./ringsim run " + quoted + " --seed " + result.seed();
    }

    /** The ring after a node became a member, or ceased to be one. */
    public record RingChange(Duration at, NodeId node, boolean joined, List<RunResult.NodeRun> nodes) {
        public RingChange {
            nodes = List.copyOf(nodes);
        }
    }
}
