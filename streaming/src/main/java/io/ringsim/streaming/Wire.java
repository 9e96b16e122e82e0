package io.ringsim.streaming;

import io.ringsim.network.Channel;
import io.ringsim.network.Network;
import io.ringsim.ring.NodeId;

/** The way from one end of a session to the other. */
record Wire(Network network, NodeId self, NodeId peer, boolean toOtherDatacenter) {
    static final Channel<StreamMessage> CHANNEL =
            new Channel<>("streaming", StreamMessage.class, Channel.Promise.RELIABLE);

    void send(StreamMessage message) {
        network.send(self, peer, CHANNEL, message);
    }

    /** Bytes of content went to the peer on a lane. */
    void carried(long bytes) {
        network.carried(self, peer, "Content", bytes);
    }
}
