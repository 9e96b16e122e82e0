package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to be moved for one node's change of its place in the ring.
 *
 * @param node the node that changes its place
 * @param transfers each range of each keyspace with the node that has it and the one that needs it; wrapping ranges are
 *     left whole
 * @param warnings what an operator should know before going on
 */
public record RangeMovement(NodeId node, List<Transfer> transfers, List<String> warnings) implements MovementPlan {
    public RangeMovement {
        transfers = List.copyOf(transfers);
        warnings = List.copyOf(warnings);
    }

    /** What a node that joins at these tokens has to fetch. */
    public static MovementPlan bootstrap(
            RingView view,
            List<Keyspace> keyspaces,
            NodeId node,
            Location location,
            List<Token> tokens,
            SourceChoice choice) {
        if (view.ring().isMember(node)) {
            return new Refusal(node + " is a member of the ring already");
        }
        for (var token : tokens) {
            var owner = view.ring().holder(token);
            if (owner != null) {
                return new Refusal("token " + token + " is owned by " + owner);
            }
        }
        var after = view.ring().with(node, location, tokens);
        var transfers = new ArrayList<Transfer>();
        for (var keyspace : keyspaces) {
            var strategy = keyspace.replication();
            for (var range : strategy.rangesOf(after, node)) {
                var sources = new ArrayList<>(strategy.replicas(view.ring(), range.right()));
                if (choice.strict()) {
                    var losing = new ArrayList<>(sources);
                    losing.removeAll(strategy.replicas(after, range.right()));
                    if (!losing.isEmpty()) {
                        sources = losing;
                    }
                }
                sources.removeIf(source -> !choice.alive().test(source));
                if (sources.isEmpty()) {
                    return new Refusal("no live node can send " + range + " of " + keyspace.name());
                }
                transfers.add(new Transfer(keyspace.name(), range, sources.get(0), node));
            }
        }
        return new RangeMovement(node, transfers, List.of());
    }

    /** What a member that leaves has to send. */
    public static MovementPlan decommission(RingView view, List<Keyspace> keyspaces, NodeId node, boolean force) {
        if (!view.ring().isMember(node)) {
            return new Refusal(node + " is not a member of the ring");
        }
        var after = view.ring().without(node);
        if (after.nodes().isEmpty()) {
            return new Refusal(node + " is the last node of the ring");
        }
        var transfers = new ArrayList<Transfer>();
        for (var keyspace : keyspaces) {
            var strategy = keyspace.replication();
            if (!force && view.ring().nodes().size() <= strategy.replicationFactor()) {
                return new Refusal("not enough live nodes to maintain the replication factor of " + keyspace.name());
            }
            for (var range : strategy.rangesOf(view.ring(), node)) {
                var gaining = new ArrayList<>(strategy.replicas(after, range.right()));
                gaining.removeAll(strategy.replicas(view.ring(), range.right()));
                gaining.forEach(to -> transfers.add(new Transfer(keyspace.name(), range, node, to)));
            }
        }
        return new RangeMovement(node, transfers, List.of());
    }
}
