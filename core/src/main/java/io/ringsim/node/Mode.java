package io.ringsim.node;

/** What a node is doing, as {@code nodetool netstats} words it. */
public enum Mode {
    STARTING,
    JOINING,
    NORMAL,
    LEAVING,
    DECOMMISSIONED
}
