package io.ringsim.gossip;

/** Which of two copies of a node's state is the later one, and what that means. */
enum StateOrder {
    /** The node is not known: take all. */
    NEW,
    /** A greater generation: the node restarted; what was known of it is replaced as a whole. */
    RESTARTED,
    /** The same generation, a greater version: take the states that are newer. */
    NEWER,
    /** Nothing new; a lower generation is old whatever its version. */
    OLD,
    /** A generation so far in the future that it must be corrupt. */
    IMPOSSIBLE;

    /**
     * Judges a copy that arrives.
     *
     * @param localGeneration 0 when the node is not known
     * @param nowSeconds the time of day, in seconds since 1970
     * @param aheadMax how many seconds a known node's generation may be ahead of that
     */
    static StateOrder of(
            int localGeneration,
            int localVersion,
            int remoteGeneration,
            int remoteVersion,
            long nowSeconds,
            long aheadMax) {
        if (localGeneration == 0) {
            return NEW;
        } else if (remoteGeneration > nowSeconds + aheadMax) {
            return IMPOSSIBLE;
        } else if (remoteGeneration != localGeneration) {
            return remoteGeneration > localGeneration ? RESTARTED : OLD;
        }
        return remoteVersion > localVersion ? NEWER : OLD;
    }

    /** The generation of the next start, which is greater than the one saved even if the clock went back. */
    static int nextGeneration(int saved, long nowSeconds) {
        return (int) Math.max(saved + 1L, nowSeconds);
    }
}
