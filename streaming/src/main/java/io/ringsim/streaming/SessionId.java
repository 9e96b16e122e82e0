package io.ringsim.streaming;

import io.ringsim.ring.NodeId;

/**
 * Names a session at both of its ends.
 *
 * @param plan the initiator's plan, unique among its plans of all times
 * @param index the session's place among those of the plan with the same peer, from 0
 */
public record SessionId(String plan, NodeId initiator, int index) {
    @Override
    public String toString() {
        return plan + " of " + initiator + " idx:" + index;
    }
}
