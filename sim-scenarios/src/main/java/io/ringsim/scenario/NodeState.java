package io.ringsim.scenario;

/** Where a node stands in its life, as nodetool says it. */
public enum NodeState {
    JOINING,
    NORMAL,
    LEAVING,
    LEFT,
    MOVING
}
