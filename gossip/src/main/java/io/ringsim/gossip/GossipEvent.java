package io.ringsim.gossip;

import io.ringsim.ring.NodeId;

/** What a gossiper's subscribers are told, in Cassandra's words. */
sealed interface GossipEvent {
    NodeId node();

    /** The node was not known, or is known anew after a restart; told before it is alive. */
    record Joined(NodeId node) implements GossipEvent {}

    /** The node started again: a greater generation. */
    record Restarted(NodeId node) implements GossipEvent {}

    /** An application state of the node changed; STATUS is told first. */
    record Changed(NodeId node, ApplicationState key, String value) implements GossipEvent {}

    record Alive(NodeId node) implements GossipEvent {}

    record Dead(NodeId node) implements GossipEvent {}

    /** The node is about to be forgotten. */
    record Removed(NodeId node) implements GossipEvent {}

    /** One that is told everything. */
    interface Subscriber {
        void heard(NodeId by, GossipEvent event);
    }
}
