package io.ringsim.network.remote;

import io.ringsim.network.Channel;
import io.ringsim.network.Inbox;
import io.ringsim.network.WireMessage;
import io.ringsim.network.wire.Kinds;
import io.ringsim.network.wire.UnreadableException;
import io.ringsim.network.wire.WireCodec;

/** An inbox, and what it takes to read what arrives for it. */
record Port<M extends WireMessage>(Channel<M> channel, Kinds kinds, Inbox<M> inbox, WireCodec codec) {
    /**
     * Puts a message into the inbox.
     *
     * @throws UnreadableException when it is none of the channel's, or not intact
     */
    void deliver(Frame.Envelope envelope) throws UnreadableException {
        if (envelope.isReliable() != (channel.promise() == Channel.Promise.RELIABLE)) {
            throw new UnreadableException("channel " + channel.name() + " is " + channel.promise() + " here");
        }
        var kind = kinds.named(envelope.kind());
        if (kind.isEmpty()) {
            throw new UnreadableException(
                    "channel " + channel.name() + " has no message '" + envelope.kind() + "' here");
        }
        var message = codec.read(
                kind.get().asSubclass(channel.type()), envelope.body().toArray());
        inbox.received(envelope.from(), message);
    }

    void connectionLost(Connection connection, String reason) {
        if (channel.promise() == Channel.Promise.RELIABLE) {
            inbox.connectionLost(connection.remote, reason);
        }
    }
}
