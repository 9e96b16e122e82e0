package io.ringsim.network.remote;

import akka.actor.typed.ActorRef;
import io.ringsim.data.Bytes;
import io.ringsim.ring.NodeId;

/**
 * What one host's post office says to another's. All but {@link Hello} name the line they belong to by the number its
 * receiver gave it.
 */
sealed interface Frame extends PostOffice.Command {
    /** The version of everything after the greeting; hosts of different versions part politely. */
    int VERSION = 1;

    long NO_LINE = 0;

    long line();

    /** Opens a line: speak to this office, and of this number. */
    record Hello(int version, long number, ActorRef<Frame> office) implements Frame {
        @Override
        public long line() {
            return NO_LINE;
        }
    }

    /** Answers {@link Hello}. */
    record Welcome(long line, int version, long number, ActorRef<Frame> office) implements Frame {}

    /** A sign of life, and how many reliable messages the sender has sent and received on this line. */
    record Pulse(long line, long sent, long received) implements Frame {}

    /** The line is over. */
    record Goodbye(long line, String reason) implements Frame {}

    /**
     * A message of one node to another.
     *
     * @param connection which connection of these two nodes on this channel it belongs to; 0 for a datagram
     * @param sequence its number among the sender's messages in that connection, from 0
     * @param kind the message's kind within the channel's family
     */
    record Envelope(
            long line, long connection, long sequence, NodeId from, NodeId to, String channel, String kind, Bytes body)
            implements Frame {
        static final long DATAGRAM = 0;

        boolean isReliable() {
            return connection != DATAGRAM;
        }

        Envelope on(long number) {
            return new Envelope(number, connection, sequence, from, to, channel, kind, body);
        }
    }

    /** The end of {@code from} is in that connection no more. */
    record Reset(long line, long connection, NodeId from, NodeId to, String channel, String reason) implements Frame {
        Reset on(long number) {
            return new Reset(number, connection, from, to, channel, reason);
        }
    }

    /** Made by the receiver of what it could not read; never sent. */
    record Unreadable(long line, String reason) implements Frame {}
}
