package io.ringsim.network;

import io.ringsim.ring.NodeId;

/**
 * What a test wants done with single messages. Rules stand in a chain; the first verdict that is not {@link Verdict#PASS}
 * decides. A rule is asked when a message has left the sender's network card, and again for every retransmission.
 */
@FunctionalInterface
public interface LinkRule {
    Verdict judge(NodeId from, NodeId to, Channel<?> channel, WireMessage message);
}
