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
    HIBERNATE;

    /** Whether a node that says so can be up. */
    public boolean isTakingPart() {
        return this != LEFT && this != SHUTDOWN && this != HIBERNATE;
    }

    /** Whether a node that says so has tokens, but is no member yet. */
    public boolean isBootstrapping() {
        return this == BOOT || this == BOOT_REPLACE;
    }
}
