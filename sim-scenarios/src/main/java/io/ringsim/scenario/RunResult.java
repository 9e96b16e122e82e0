package io.ringsim.scenario;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
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
 * @param faults what befell the ring, in order of time
 * @param nodes the ring at the end; {@link RunListener#onStart} was told how it began
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
        List<FaultRun> faults,
        List<NodeRun> nodes) {
    public RunResult {
        operations = List.copyOf(operations);
        invariants = List.copyOf(invariants);
        expectations = List.copyOf(expectations);
        network = Collections.unmodifiableSortedMap(new TreeMap<>(network));
        faults = List.copyOf(faults);
        nodes = List.copyOf(nodes);
    }

    /** The same result with the wall time it took. */
    public RunResult took(Duration wall) {
        return new RunResult(
                scenario,
                seed,
                outcome,
                reason,
                virtualTime,
                wall,
                events,
                traceHash,
                operations,
                invariants,
                expectations,
                network,
                faults,
                nodes);
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

    /**
     * One stream session of an operation, seen from the operation's node.
     *
     * @param failure why it failed; empty when it did not
     */
    public record SessionRun(
            NodeId peer,
            String state,
            String failure,
            Duration started,
            Duration ended,
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

    /**
     * One fault, from when it struck to when it was over.
     *
     * @param fault the word a scenario file uses: {@code partition}
     * @param detail whom it struck and how hard: {@code n2 | n6}
     * @param ended the moment it was healed, or the end of the run; equal to {@code started} for what has no length
     */
    public record FaultRun(String fault, String detail, Duration started, Duration ended) {}

    /**
     * A node at a moment of the run: at its start or at its end.
     *
     * @param tokens none once it left
     * @param load bytes of live data
     * @param bytesIn file bytes received by then
     * @param bytesOut file bytes sent by then
     * @param owns its effective share of the data, 0 to 1
     */
    public record NodeRun(
            NodeId node,
            Location location,
            List<Token> tokens,
            String state,
            boolean up,
            long load,
            long bytesIn,
            long bytesOut,
            double owns) {
        public NodeRun {
            tokens = List.copyOf(tokens);
        }
    }
}
