package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a node fetches that becomes a member. */
final class Joining {
    private Joining() {}

    static MovementPlan bootstrap(
            RingView view,
            List<Keyspace> keyspaces,
            NodeId node,
            Location location,
            List<Token> tokens,
            SourceChoice choice) {
        var before = view.ring();
        if (before.isMember(node)) {
            return new Refusal(node + " is already a member of the token ring; bootstrap aborted. To replace a dead"
                    + " node, remove the old one from the ring first, or replace it.");
        }
        if (choice.strict() && isChanging(view, node)) {
            return changing(view, node);
        }
        for (var token : tokens) {
            var owner = ownerOrJoiner(view, token, node);
            if (!owner.isEmpty()) {
                return new Refusal("Bootstrapping to existing token " + token + " is not allowed: it belongs to "
                        + owner + " (choose another, or decommission that node first)");
            }
        }
        if (before.size() == 0) {
            return new Refusal("the ring has no member to bootstrap from; its first node starts without");
        }
        var after = before.with(node, location, tokens);
        var plans = new ArrayList<MovementPlan>();
        for (var keyspace : keyspaces) {
            boolean strict = choice.strict() && exceedsFactor(view, keyspace.replication(), node, location);
            var fetch = new Fetch(keyspace, node, before, after, peer -> true, strict, choice);
            plans.add(fetch.plan(keyspace.replication().rangesOf(after, node)));
        }
        return RangeMovement.together(node, plans);
    }

    static MovementPlan replace(
            RingView view, List<Keyspace> keyspaces, NodeId dead, NodeId node, Location location, SourceChoice choice) {
        var before = view.ring();
        if (!before.isMember(dead)) {
            return new Refusal("Cannot replace " + dead + " because it is not a member of the ring");
        }
        if (choice.alive().test(dead)) {
            return new Refusal("Cannot replace a live node: " + dead + " is alive; decommission it instead");
        }
        if (!node.equals(dead) && before.isMember(node)) {
            return new Refusal(node + " is already a member of the token ring; it cannot replace " + dead);
        }
        var after = before.without(dead).with(node, location, before.tokensOf(dead));
        var plans = keyspaces.stream()
                .map(keyspace -> new Fetch(keyspace, node, before, after, peer -> !peer.equals(dead), false, choice)
                        .plan(keyspace.replication().rangesOf(after, node)))
                .toList();
        return RangeMovement.together(node, plans);
    }

    private static boolean isChanging(RingView view, NodeId node) {
        boolean othersJoin = view.joining().keySet().stream().anyMatch(joiner -> !joiner.equals(node));
        return othersJoin || !view.leaving().isEmpty() || !view.moving().isEmpty();
    }

    private static Refusal changing(RingView view, NodeId node) {
        var joining = new TreeSet<>(view.joining().keySet());
        joining.remove(node);
        return new Refusal("Other bootstrapping/leaving/moving nodes detected, cannot bootstrap while"
                + " cassandra.consistent.rangemovement is true. Nodes detected, bootstrapping: " + joined(joining)
                + "; leaving: " + joined(view.leaving()) + "; moving: "
                + joined(view.moving().keySet()) + "; wait until they are done");
    }

    private static String joined(Iterable<NodeId> nodes) {
        var names = new ArrayList<String>();
        nodes.forEach(node -> names.add(node.value()));
        return String.join(",", names);
    }

    private static String ownerOrJoiner(RingView view, Token token, NodeId node) {
        var owner = view.ring().holder(token);
        if (owner != null) {
            return owner.value();
        }
        return view.joining().entrySet().stream()
                .filter(joiner -> !joiner.getKey().equals(node))
                .filter(joiner -> joiner.getValue().contains(token))
                .map(joiner -> joiner.getKey().value())
                .findFirst()
                .orElse("");
    }

    /**
     * Whether there are more nodes than replicas, the joining ones counted, and in the datacenters that get replicas
     * only; else it cannot be told who loses a range.
     */
    private static boolean exceedsFactor(RingView view, ReplicationStrategy strategy, NodeId node, Location location) {
        var places = new ArrayList<Location>();
        view.ring().nodes().forEach(member -> places.add(view.ring().location(member)));
        view.joiners().forEach((joiner, place) -> {
            if (!joiner.equals(node)) {
                places.add(place);
            }
        });
        places.add(location);
        long counted = places.stream()
                .filter(place -> strategy.replicationFactor(place.datacenter()) > 0)
                .count();
        return counted > strategy.replicationFactor(view.ring());
    }
}
