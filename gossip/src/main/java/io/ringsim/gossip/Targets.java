package io.ringsim.gossip;

import io.ringsim.runtime.Randomness;

/** Whom a round's Syn goes to besides one live node: the odds that Cassandra gives an unreachable node and a seed. */
final class Targets {
    private Targets() {}

    /** Whether one unreachable node is tried: as likely as there are many of them for each live one and oneself. */
    static boolean triesUnreachable(Randomness random, int live, int unreachable) {
        return unreachable > 0 && random.nextDouble() < unreachable / (live + 1.0);
    }

    /**
     * Whether a seed is sent to as well: always while nobody is live; else, when the live node was no seed or there are
     * fewer live nodes than seeds, as likely as seeds are many among all.
     *
     * @param seeds without oneself
     */
    static boolean triesSeed(Randomness random, int live, int unreachable, int seeds, boolean liveWasSeed) {
        if (seeds == 0 || (liveWasSeed && live >= seeds)) {
            return false;
        }
        return live == 0 || random.nextDouble() <= seeds / (double) (live + unreachable);
    }
}
