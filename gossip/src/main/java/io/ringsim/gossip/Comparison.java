package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.List;

/** How a node and a peer find where what they know differs, and even it out: digest, what is there, what is newer here. */
final class Comparison {
    private final SimulatedClusterLayer layer;
    private final Row row;

    Comparison(SimulatedClusterLayer layer, Row row) {
        this.layer = layer;
        this.row = row;
    }

    void begin(NodeId peer) {
        send(peer, new ClusterMessage.Status(row.knowledge.digest()));
    }

    void answer(NodeId peer, ClusterMessage.Status status) {
        var shelves = row.knowledge.differences(status.digest());
        if (!shelves.isEmpty()) {
            send(peer, new ClusterMessage.Gossip(shelves, row.knowledge.statesOn(shelves), true));
        }
    }

    /** Once what the peer sent is known here. */
    void answer(NodeId peer, ClusterMessage.Gossip gossip) {
        if (!gossip.wantsBack()) {
            return;
        }
        var newer = row.knowledge.newerThan(gossip.states(), gossip.shelves());
        if (!newer.isEmpty()) {
            send(peer, new ClusterMessage.Gossip(List.of(), newer, false));
        }
    }

    private void send(NodeId to, ClusterMessage message) {
        layer.network().send(row.node, to, ClusterMessage.CHANNEL, message);
    }
}
