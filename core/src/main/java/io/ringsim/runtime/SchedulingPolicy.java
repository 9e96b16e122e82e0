package io.ringsim.runtime;

/** Which of the actors that are ready at the same virtual instant has its turn. */
public enum SchedulingPolicy {
    /** The seed chooses: every seed is another interleaving. */
    SEEDED,
    /** First come, first served. */
    FIFO
}
