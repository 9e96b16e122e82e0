package io.ringsim.coordinator;

import io.ringsim.data.Partition;
import io.ringsim.ring.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the client that reads is told, once. */
public sealed interface ReadOutcome
        permits ReadOutcome.Found, ReadOutcome.ReadTimedOut, ReadOutcome.ReadFailed, Unavailable, NotCoordinated {
    /** What so many replicas as the level asks for know together, tombstones included, of live rows at most the limit. */
    record Found(Partition partition) implements ReadOutcome {}

    /**
     * Too few answered in time; a replica that was behind answered when it acknowledged what it lacked. As every replica
     * asked is asked for its rows, there is no answer without data.
     */
    record ReadTimedOut(ConsistencyLevel level, int received, int required) implements ReadOutcome {
        @Override
        public String toString() {
            return "Operation timed out - received only " + received + " of " + required + " responses: read at "
                    + level;
        }
    }

    /**
     * A replica that was asked cannot answer.
     *
     * @param reasons what each said that refused
     */
    record ReadFailed(ConsistencyLevel level, int received, int required, SortedMap<NodeId, String> reasons)
            implements ReadOutcome {
        public ReadFailed {
            reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        }
    }
}
