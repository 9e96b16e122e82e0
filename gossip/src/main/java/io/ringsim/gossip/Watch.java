package io.ringsim.gossip;

import io.ringsim.network.Route;
import io.ringsim.ring.NodeId;

/** One node's watch over a peer: the ways there and back, and what it makes of the answers. */
final class Watch {
    final int peer;
    final NodeId peerNode;
    final int generation;
    final Route<ClusterMessage> there;
    final Route<ClusterMessage> back;
    final PhiAccrual detector;

    /** Heartbeats that were answered and are not counted as traffic yet. */
    int uncounted;

    /** Whether a first heartbeat was sent. */
    boolean begun;

    /** Whether the peer is unreachable. */
    boolean missing;

    /** Kept only until the peer is back: another node's turn to watch it. */
    boolean retired;

    Watch(
            int peer,
            NodeId peerNode,
            int generation,
            Route<ClusterMessage> there,
            Route<ClusterMessage> back,
            PhiAccrual detector) {
        this.peer = peer;
        this.peerNode = peerNode;
        this.generation = generation;
        this.there = there;
        this.back = back;
        this.detector = detector;
    }
}
