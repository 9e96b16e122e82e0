package io.ringsim.coordinator;

import io.ringsim.ring.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the client that wrote is told, once. */
public sealed interface WriteOutcome
        permits WriteOutcome.Written,
                WriteOutcome.WriteTimedOut,
                WriteOutcome.WriteFailed,
                Unavailable,
                NotCoordinated {
    /** So many replicas as the level asks for have the write. */
    record Written() implements WriteOutcome {}

    /** Too few acknowledged in time. The write is where it arrived, may still arrive elsewhere, and is not taken back. */
    record WriteTimedOut(ConsistencyLevel level, int received, int required, WriteType type) implements WriteOutcome {
        @Override
        public String toString() {
            return "Operation timed out - received only " + received + " of " + required + " responses: " + type
                    + " write at " + level;
        }
    }

    /**
     * So many replicas refused that the level cannot be reached. The write may be where it was not refused.
     *
     * @param reasons what each said that refused
     */
    record WriteFailed(
            ConsistencyLevel level, int received, int required, WriteType type, SortedMap<NodeId, String> reasons)
            implements WriteOutcome {
        public WriteFailed {
            reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        }
    }
}
