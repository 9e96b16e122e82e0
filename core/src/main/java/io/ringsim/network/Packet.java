package io.ringsim.network;

import org.jspecify.annotations.Nullable;

/** One message on its way; as an event, its arrival at the receiver's network card. */
final class Packet implements Runnable {
    final Flow flow;
    final WireMessage message;
    final long bytes;

    /** The connection it belongs to, and its place in it; of reliable flows only. */
    int connection;

    long sequence;

    /** When its last byte left the sender's card, and how long the card took for it. */
    long sentAt;

    long airtime;

    /** The one behind it in its {@link Lane}. */
    @Nullable
    Packet next;

    Packet(Flow flow, WireMessage message) {
        this.flow = flow;
        this.message = message;
        this.bytes = Math.max(1, message.wireBytes());
    }

    @Override
    public void run() {
        flow.wire.arrive(this);
    }
}
