package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Optional;

/** What must be true of a run. A {@code within} without an operation counts from the start of the run. */
public sealed interface Expectation {
    /** The node is in the state, at the latest after {@code within}, and still at the end. */
    record Reaches(NodeId node, NodeState state, Optional<Duration> within) implements Expectation {}

    /**
     * The last operation of that name on the node ended so.
     *
     * @param operation as {@link Operation#name()}
     * @param within counted from the operation's start
     */
    record Ends(String operation, NodeId node, Outcome outcome, Optional<Duration> within) implements Expectation {}

    /** At the end every key is on exactly the nodes the strategy names, as far as they were told to hold it. */
    record ReplicasAgree() implements Expectation {}

    /** All running nodes see the same ring: at the end, or after {@code within} and from then on. */
    record ViewsAgree(Optional<Duration> within) implements Expectation {}

    /** File bytes the node streamed to others. */
    record BytesOut(NodeId node, Bounds bounds) implements Expectation {}

    /** File bytes the node received. */
    record BytesIn(NodeId node, Bounds bounds) implements Expectation {}

    /** Files asked again, over all sessions of the run. */
    record Retries(Bounds bounds) implements Expectation {}

    /** The largest effective ownership divided by the mean, per datacenter, is at most {@code max}. */
    record Skew(String keyspace, double max) implements Expectation {}

    /** No write that was acknowledged is lost. */
    record NoAcknowledgedWriteLost() implements Expectation {}

    /** How an operation ended. */
    enum Outcome {
        COMPLETED,
        FAILED,
        REFUSED
    }

    /** Both ends belong to it. */
    record Bounds(long min, long max) {
        public Bounds {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("bounds must be 0 <= min <= max: " + min + ", " + max);
            }
        }

        public boolean contains(long value) {
            return min <= value && value <= max;
        }
    }
}
