package io.ringsim.ring;

/** What a node says about its place in the ring (the STATUS application state). */
public enum Status {
    /** Bootstrapping: has tokens, takes pending writes, serves no reads. */
    BOOT,
    /** Bootstrapping in a dead member's place, at its tokens: takes its pending writes, serves no reads. */
    BOOT_REPLACE,
    /** A member of the ring. */
    NORMAL,
    /** A member that is streaming its ranges away. */
    LEAVING,
    /** No member any more. */
    LEFT,
    /** A member on its way to another token. */
    MOVING,
    /** Stopped on purpose; still a member. */
    SHUTDOWN,
    /**
     * A member that lost its data and takes its own place anew, at its tokens: counts as down for everybody, takes no
     * writes, serves no reads.
     */
    HIBERNATE,
    /** A dead member whose ranges others take over; said by the node that removes it. */
    REMOVING,
    /** No member any more, for others removed it when it was dead. */
    REMOVED;

    /** Whether others said it of a node that was dead; nobody says it of itself. */
    public boolean isByOthers() {
        return this == REMOVING || this == REMOVED;
    }

    /** Whether a node that says so is no member any more. */
    public boolean hasLeft() {
        return this == LEFT || this == REMOVED;
    }

    /** Whether a node of which this is said counts as dead whatever else is heard of it (Cassandra's dead states). */
    public boolean isDead() {
        return hasLeft() || this == REMOVING || this == HIBERNATE;
    }

    /** Whether a node of which this is said can be up. */
    public boolean isTakingPart() {
        return !isDead() && this != SHUTDOWN;
    }

    /** Whether a node that says so has tokens, but is no member yet. */
    public boolean isBootstrapping() {
        return this == BOOT || this == BOOT_REPLACE;
    }
}
