package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Told of a run while it goes on, on the runner's thread. */
public interface RunListener {
    RunListener SILENT = new RunListener() {};

    /** The ring as it stands before anything happens; called once, first. */
    default void onStart(List<RunResult.NodeRun> nodes) {}

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
     * One entry of {@code events.ndjson}. Kinds that reports know, and their fields:
     *
     * <ul>
     *   <li>{@code state}: {@code state}, {@code tokens} (separated by spaces, of a node that comes);
     *   <li>{@code operation-started}, {@code operation-ended}: {@code operation}, {@code outcome}, {@code reason};
     *   <li>{@code session-started}, {@code session-prepared}, {@code session-ended}: {@code operation}, {@code peer},
     *       {@code files_to_send}, {@code bytes_to_send}, {@code files_to_receive}, {@code bytes_to_receive},
     *       {@code state}, {@code failure};
     *   <li>{@code fault}, {@code fault-ended}: {@code fault}, {@code detail};
     *   <li>{@code violation}: {@code invariant}, {@code detail}.
     * </ul>
     *
     * @param kind a fixed word
     * @param node whom it happened to; empty when it is the ring or several nodes
     * @param fields what else is known, by snake_case name
     */
    record Event(Duration at, String kind, Optional<NodeId> node, SortedMap<String, String> fields) {
        public Event {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

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
