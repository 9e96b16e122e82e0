package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.util.List;

/** The first messages of conversations: whom a node sends one, and from whom it takes one. */
final class Syns {
    private final Gossip world;
    private final GossipSettings settings;
    private final NodeId node;
    private final View view;
    private final Neighbours neighbours;
    private final Randomness random;
    private final List<NodeId> otherSeeds;

    Syns(Gossip world, GossipSettings settings, NodeId node, View view, Neighbours neighbours, Randomness random) {
        this.world = world;
        this.settings = settings;
        this.node = node;
        this.view = view;
        this.neighbours = neighbours;
        this.random = random;
        this.otherSeeds = settings.seedsBut(node);
    }

    /** Those of one round: to a live node, maybe to one that is not, maybe to a seed. */
    void sayRound() {
        Digests digests = null;
        int live = view.liveCount();
        boolean liveWasSeed = false;
        if (live > 0) {
            digests = view.digests();
            var target = world.directory().node(view.anyLive(random));
            liveWasSeed = otherSeeds.contains(target);
            say(target, digests);
        }
        int unreachable = neighbours.unreachable().size();
        if (Targets.triesUnreachable(random, live, unreachable)) {
            var candidates = neighbours.tried();
            if (!candidates.isEmpty()) {
                digests = digests == null ? view.digests() : digests;
                say(world.directory().node(random.pick(candidates)), digests);
            }
        }
        if (Targets.triesSeed(random, live, unreachable, otherSeeds.size(), liveWasSeed)) {
            digests = digests == null ? view.digests() : digests;
            say(random.pick(otherSeeds), digests);
        }
    }

    /** Tells a node what is known here. */
    void say(NodeId to, Digests digests) {
        var partitioner = settings.rules().checksPartitioner() ? settings.partitioner() : "";
        long bytes = settings.rules().wire().syn(settings.clusterName(), partitioner, digests.count);
        world.network()
                .send(
                        node,
                        to,
                        GossipMessage.CHANNEL,
                        new GossipMessage.Syn(settings.clusterName(), partitioner, digests, bytes));
    }

    /** Why this node does not talk to the sender, or nothing. */
    String refusal(GossipMessage.Syn syn) {
        if (!syn.clusterName().equals(settings.clusterName())) {
            return "its cluster is '" + syn.clusterName() + "', not '" + settings.clusterName() + "'";
        }
        boolean checks =
                settings.rules().checksPartitioner() && !syn.partitioner().isEmpty();
        if (checks && !syn.partitioner().equals(settings.partitioner())) {
            return "its partitioner is " + syn.partitioner() + ", not " + settings.partitioner();
        }
        return "";
    }
}
