package io.ringsim.network;

import io.ringsim.ring.NodeId;

/** What lies between nodes: all that one node says to another crosses it, nothing else may. */
public interface Network {
    /** Opens a node's inbox for a channel; replaces an earlier one. */
    <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox);

    /** Closes all inboxes of a node: its process is gone. Peers with an open connection learn that it broke. */
    void detach(NodeId node);

    /** Sends a message; returns at once. A node may send to itself: that costs nothing and is never lost. */
    <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message);

    /**
     * Is told of bytes that one node gave another beside the messages, on a connection of their own; a network that counts
     * counts them.
     *
     * @param kind what they are, as with messages
     */
    default void carried(NodeId from, NodeId to, String kind, long bytes) {}
}
