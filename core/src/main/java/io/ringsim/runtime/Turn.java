package io.ringsim.runtime;

/** What waits for its turn on the one thread of a world: an actor with something in its mailbox, or a task. */
interface Turn {
    void take();

    /** Whose it is, for people. */
    default String subject() {
        return "a task";
    }
}
