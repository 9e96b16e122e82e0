package io.ringsim.gossip;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whom a node has yet to tell its latest: it goes round the circle of its peers, a few at each tick, as Distributed Data
 * passes on its deltas, and goes on from where it stopped when there is something newer to tell.
 */
final class Rumour {
    private static final int PEERS_MIN = 2;
    private static final int SHARE = 5;

    private int stillToTell;
    private int lastTold;

    /** There is something new to tell all of these. */
    void begin(BitSet reachable) {
        stillToTell = reachable.cardinality();
    }

    boolean isOver() {
        return stillToTell <= 0;
    }

    /** The peers to tell at this tick: a fifth of those that can be reached, at least 2 and at most {@code fanout}. */
    List<Integer> next(BitSet reachable, int fanout) {
        int peers = reachable.cardinality();
        int slice = Math.min(Math.max(peers / SHARE + 1, PEERS_MIN), fanout);
        var next = new ArrayList<Integer>();
        for (int i = Math.min(slice, Math.min(peers, stillToTell)); i > 0; i--) {
            int following = reachable.nextSetBit(lastTold + 1);
            lastTold = following >= 0 ? following : reachable.nextSetBit(0);
            next.add(lastTold);
            stillToTell--;
        }
        if (peers == 0) {
            stillToTell = 0;
        }
        return next;
    }
}
