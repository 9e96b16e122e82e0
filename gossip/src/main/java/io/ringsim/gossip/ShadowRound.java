package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A starting node's look at the ring before it takes part: how long it asks, and when it need not wait any longer. */
final class ShadowRound {
    private final GossipSettings.Timeouts timeouts;
    private final List<NodeId> seeds;
    private final boolean isNewcomer;
    private final boolean mayBeginAlone;
    private final SortedSet<NodeId> inShadow = new TreeSet<>();
    private long began;
    private boolean heldBack;

    /**
     * Begins now.
     *
     * @param isNewcomer whether the node was no member when it ran last
     */
    ShadowRound(GossipSettings settings, NodeId node, boolean isNewcomer, long now) {
        this.timeouts = settings.timeouts();
        this.seeds = settings.seedsBut(node);
        this.isNewcomer = isNewcomer;
        this.mayBeginAlone = settings.seeds().contains(node)
                || (!isNewcomer && settings.rules().shadowRound() == GossipSettings.ShadowRound.FIRST_START);
        this.began = now;
    }

    /** Whether an answer ends it: states; or, if it may begin alone, the last word that all are in their shadow rounds too. */
    boolean isAnsweredBy(NodeId from, boolean withStates) {
        if (!withStates && seeds.contains(from)) {
            inShadow.add(from);
        }
        return withStates || (mayBeginAlone && inShadow.containsAll(seeds));
    }

    /** Whether nobody answered for as long as it is worth waiting; who must be answered waits twice as long. */
    boolean isOver(long now) {
        return now - began >= timeouts.shadowGivesUp().toNanos() * (mayBeginAlone ? 1 : 2);
    }

    boolean mayBeginAlone() {
        return mayBeginAlone;
    }

    String failure() {
        return "Unable to gossip with any peers: none of " + seeds + " answered";
    }

    /**
     * Whether the node, now that it is answered, stays out of gossip until it announces what it is, as its new generation
     * alone would wipe out what the ring knows of an earlier life: of a member, and for one that was a member, that it was
     * removed.
     */
    boolean holdsBack(EndpointState earlier) {
        heldBack = earlier.isMember() || (earlier.isByOthers() && !isNewcomer);
        return heldBack;
    }

    boolean isHeldBack() {
        return heldBack;
    }

    void beginAgain(long now) {
        began = now;
        inShadow.clear();
    }
}
