package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a run.
 *
 * @param reason why it is undecided or failed, in one sentence; empty when it passed
 * @param network counters of the network by name
 */
public record RunResult(
        String scenario,
        long seed,
        Verdict outcome,
        String reason,
        Duration virtualTime,
        Duration wallTime,
        long events,
        String traceHash,
        List<OperationRun> operations,
        List<InvariantRun> invariants,
        List<ExpectationRun> expectations,
        SortedMap<String, Long> network,
        List<NodeRun> nodes) {
    public RunResult {
        operations = List.copyOf(operations);
        invariants = List.copyOf(invariants);
        expectations = List.copyOf(expectations);
        network = Collections.unmodifiableSortedMap(new TreeMap<>(network));
        nodes = List.copyOf(nodes);
    }

    /** A run's verdict. */
    public enum Verdict {
        PASSED,
        FAILED,
        UNDECIDED
    }

    /** One operation, with the virtual moments it began and ended. */
    public record OperationRun(
            String operation,
            NodeId node,
            Expectation.Outcome outcome,
            String reason,
            Duration started,
            Duration ended,
            List<SessionRun> sessions) {
        public OperationRun {
            sessions = List.copyOf(sessions);
        }
    }

    /** One stream session of an operation, seen from the operation's node. */
    public record SessionRun(
            NodeId peer,
            String state,
            int filesSent,
            int filesReceived,
            long bytesSent,
            long bytesReceived,
            int retries) {}

    public record InvariantRun(String name, long checks, List<String> violations) {
        public InvariantRun {
            violations = List.copyOf(violations);
        }
    }

    public record ExpectationRun(String name, boolean passed, String detail) {}

    /** A node at the end of the run. */
    public record NodeRun(NodeId node, String state, boolean up, long load, long bytesIn, long bytesOut, double owns) {}
}
