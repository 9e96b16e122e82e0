package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** Told of a run while it goes on, on the runner's thread. */
public interface RunListener {
    RunListener SILENT = new RunListener() {};

    /** Something a report keeps: a state changed, a session began or ended, a fault struck. In order of time. */
    default void onEvent(Event event) {}

    /**
     * How far the run is; called every few thousand events. False asks the runner to stop as soon as it can: the run
     * then is undecided.
     */
    default boolean onProgress(Progress progress) {
        return true;
    }

    /**
     * One entry of {@code events.ndjson}.
     *
     * @param kind a fixed word: {@code state}, {@code fault}, {@code session-ended}
     * @param fields what else is known, by snake_case name
     */
    record Event(Duration at, String kind, NodeId node, SortedMap<String, String> fields) {}

    /** The run by now. */
    record Progress(Duration virtualTime, long events, List<Underway> operations) {
        public Progress {
            operations = List.copyOf(operations);
        }
    }

    /**
     * An operation that is under way.
     *
     * @param phase {@code waiting for ring delay}, {@code streaming}
     * @param total 0 until it is known
     * @param remaining virtual time to go at the present rate; zero until it is known
     */
    record Underway(String operation, NodeId node, String phase, long bytes, long total, Duration remaining) {}
}
