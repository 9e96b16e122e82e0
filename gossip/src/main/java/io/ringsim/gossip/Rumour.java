package io.ringsim.gossip;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom a node has yet to tell its latest, of itself and of the dead it speaks for: it goes round the circle of its peers, a few at each tick, as Distributed Data
 * passes on its deltas, and goes on from where it stopped when there is something newer to tell.
 */
final class Rumour {
    private static final int PEERS_MIN = 2;
    private static final int SHARE = 5;

    private int stillToTell;
    private int lastTold;
    private final SortedSet<Integer> dead = new TreeSet<>();

    /** There is something new to tell all of these. */
    void begin(BitSet reachable) {
        stillToTell = reachable.cardinality();
    }

    /** There is something new to tell all of these of a dead node. */
    void begin(BitSet reachable, int ofDead) {
        begin(reachable);
        dead.add(ofDead);
    }

    /** What there is to tell. */
    List<NodeState> news(NodeState self, Knowledge knowledge) {
        var news = new ArrayList<NodeState>();
        news.add(self);
        for (int number : dead) {
            var state = knowledge.state(number);
            if (state != null) {
                news.add(state);
            }
        }
        return news;
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
        if (isOver()) {
            dead.clear();
        }
        return next;
    }
}
