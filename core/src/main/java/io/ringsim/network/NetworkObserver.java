package io.ringsim.network;

import io.ringsim.ring.NodeId;

/** Is told what goes wrong on the network, for reports. */
public interface NetworkObserver {
    default void partitioned(Partition partition) {}

    default void healed(Partition partition) {}

    /** The end at {@code node} learnt that its connection with {@code peer} is gone. */
    default void connectionLost(NodeId node, NodeId peer, Channel<?> channel, String reason) {}

    /** A message, or one transmission of a message on a reliable channel, did not arrive. */
    default void dropped(NodeId from, NodeId to, Channel<?> channel, WireMessage message, String reason) {}
}
