package io.ringsim.nodetool;

/** Whether the node that was asked holds another for alive. */
public enum Liveness {
    UP,
    DOWN,
    UNKNOWN
}
