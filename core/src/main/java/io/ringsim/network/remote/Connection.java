package io.ringsim.network.remote;

import io.ringsim.ring.NodeId;

/**
 * One node's end of the connections it has had, one after the other, with a node of another host on one channel. They
 * are numbered, and both ends mean the same by a number; a message of an earlier one is recognised by it.
 */
final class Connection {
    private static final long NONE = 0;

    final NodeId local;
    final NodeId remote;
    final String channel;
    final Line line;
    private long current = NONE;
    private long newest = NONE;
    private long nextSequence;
    private long expected;

    Connection(NodeId local, NodeId remote, String channel, Line line) {
        this.local = local;
        this.remote = remote;
        this.channel = channel;
        this.line = line;
    }

    boolean isOpen() {
        return current != NONE;
    }

    boolean isIn(long number) {
        return isOpen() && current == number;
    }

    boolean isNew(long number) {
        return number > newest;
    }

    void enter(long number) {
        current = number;
        newest = number;
        nextSequence = 0;
        expected = 0;
    }

    void close() {
        current = NONE;
    }

    /** What this end sends next, in a new connection unless it is in one. */
    Frame.Envelope next(PostOffice.Dispatch message) {
        if (!isOpen()) {
            enter(newest + 1);
        }
        return new Frame.Envelope(
                Frame.NO_LINE, current, nextSequence++, local, remote, channel, message.kind(), message.body());
    }

    /** How many messages are missing before this one. */
    long missingBefore(long sequence) {
        return sequence - expected;
    }

    void arrived(long sequence) {
        expected = sequence + 1;
    }

    Frame.Reset reset(String reason) {
        return new Frame.Reset(Frame.NO_LINE, current, local, remote, channel, reason);
    }
}
