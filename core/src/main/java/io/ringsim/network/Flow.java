package io.ringsim.network;

import org.jspecify.annotations.Nullable;

/**
 * What one node sends to another on one channel. A reliable flow lives as long as the network; a flow of datagrams lives
 * while some are on their way.
 */
final class Flow {
    final Wire wire;
    final Host from;
    final Host to;
    final OpenChannel channel;
    final Lane egress = new Lane();
    final Lane ingress = new Lane();

    /** The sender's end of the connection; none for datagrams. */
    final @Nullable ConnectionEnd end;

    int onTheirWay;

    /** Where its traffic was counted last. */
    int counter;

    /** When the last message of the flow arrives at the receiver's card. */
    long lastArrival;

    Flow(Wire wire, Host from, Host to, OpenChannel channel) {
        this.wire = wire;
        this.from = from;
        this.to = to;
        this.channel = channel;
        this.end = channel.isReliable() ? new ConnectionEnd(this) : null;
    }
}
