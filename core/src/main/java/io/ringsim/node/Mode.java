package io.ringsim.node;

import io.ringsim.ring.Status;

/** What a node is doing, as {@code nodetool netstats} words it. */
public enum Mode {
    STARTING,
    JOINING,
    NORMAL,
    LEAVING,
    DECOMMISSIONED,
    /** Out of service, for others removed it from the ring. */
    DRAINED;

    /** Whether the node has no part in the ring any more. */
    public boolean hasLeft() {
        return this == DECOMMISSIONED || this == DRAINED;
    }

    /** What a node does that says this about itself. */
    static Mode of(Status status) {
        return switch (status) {
            case BOOT, BOOT_REPLACE, HIBERNATE -> JOINING;
            case NORMAL, MOVING, SHUTDOWN -> NORMAL;
            case LEAVING -> LEAVING;
            case LEFT -> DECOMMISSIONED;
            case REMOVING, REMOVED -> DRAINED;
        };
    }
}
