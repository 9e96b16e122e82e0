package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A starting node's look at the ring before it takes part: how long it asks, and when it need not wait any longer. */
final class ShadowRound {
    private final GossipSettings.Timeouts timeouts;
    private final List<NodeId> seeds;
    private final boolean isSeed;
    private final SortedSet<NodeId> inShadow = new TreeSet<>();
    private long began;
    private boolean heldBack;

    /**
     * Begins now.
     *
     * @param seeds those that are asked, without oneself
     * @param isSeed whether the node itself is one
     */
    ShadowRound(GossipSettings.Timeouts timeouts, List<NodeId> seeds, boolean isSeed, long now) {
        this.timeouts = timeouts;
        this.seeds = seeds;
        this.isSeed = isSeed;
        this.began = now;
    }

    /** Whether an answer ends it: states, or of a seed the last word that all of them are in their shadow rounds too. */
    boolean isAnsweredBy(NodeId from, boolean withStates) {
        if (!withStates && seeds.contains(from)) {
            inShadow.add(from);
        }
        return withStates || (isSeed && inShadow.containsAll(seeds));
    }

    /** Whether nobody answered for as long as it is worth waiting; a node that is no seed waits twice as long. */
    boolean isOver(long now) {
        return now - began >= timeouts.shadowGivesUp().toNanos() * (isSeed ? 1 : 2);
    }

    /** A seed needs nobody else. */
    boolean mayBeginAlone() {
        return isSeed;
    }

    String failure() {
        return "Unable to gossip with any peers: none of " + seeds + " answered";
    }

    /**
     * It is answered, but there is a member of the node's own name: the node stays out of gossip until it announces what it
     * is, as its new generation alone would wipe out all that the ring knows of that member.
     */
    void holdBack() {
        heldBack = true;
    }

    boolean isHeldBack() {
        return heldBack;
    }

    void beginAgain(long now) {
        began = now;
        inShadow.clear();
    }
}
