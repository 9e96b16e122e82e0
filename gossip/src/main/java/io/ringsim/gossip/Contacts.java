package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.List;

/**
 * Through whom a node finds the others.
 *
 * @param isOne whether the node is one of those itself, and so may be the first of the ring
 */
record Contacts(List<NodeId> others, boolean isOne) {
    static Contacts of(NodeId node, List<NodeId> points) {
        return new Contacts(
                points.stream().filter(contact -> !contact.equals(node)).toList(),
                points.isEmpty() || points.contains(node));
    }
}
