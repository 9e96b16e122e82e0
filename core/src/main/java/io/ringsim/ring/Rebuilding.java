package io.ringsim.ring;

import java.util.List;
import java.util.function.Predicate;

/** What a member fetches to have its ranges anew. */
final class Rebuilding {
    private Rebuilding() {}

    static MovementPlan fromAnywhere(RingView view, List<Keyspace> keyspaces, NodeId node, SourceChoice choice) {
        return plan(view, keyspaces, node, peer -> true, choice);
    }

    static MovementPlan from(
            RingView view, List<Keyspace> keyspaces, NodeId node, String datacenter, SourceChoice choice) {
        var known = view.ring().datacenters();
        if (!known.contains(datacenter)) {
            return new Refusal("Provided datacenter '" + datacenter + "' is not a valid datacenter, available"
                    + " datacenters are: " + String.join(",", known));
        }
        return plan(
                view,
                keyspaces,
                node,
                peer -> view.ring().location(peer).datacenter().equals(datacenter),
                choice);
    }

    private static MovementPlan plan(
            RingView view, List<Keyspace> keyspaces, NodeId node, Predicate<NodeId> eligible, SourceChoice choice) {
        var ring = view.ring();
        if (!ring.isMember(node)) {
            return new Refusal(node + " is not a member of the token ring yet");
        }
        var plans = keyspaces.stream()
                .map(keyspace -> new Fetch(keyspace, node, ring, ring, eligible, false, choice)
                        .plan(keyspace.replication().rangesOf(ring, node)))
                .toList();
        return RangeMovement.together(node, plans);
    }
}
