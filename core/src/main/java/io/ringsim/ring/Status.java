package io.ringsim.ring;

/** What a node says about its place in the ring (the STATUS application state). */
public enum Status {
    /** Bootstrapping: has tokens, takes pending writes, serves no reads. */
    BOOT,
    /** A member of the ring. */
    NORMAL,
    /** A member that is streaming its ranges away. */
    LEAVING,
    /** No member any more. */
    LEFT,
    /** A member on its way to another token. */
    MOVING,
    /** Stopped on purpose; still a member. */
    SHUTDOWN
}
