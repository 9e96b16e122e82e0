package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is moved when a member leaves, by itself or because it is dead. */
final class Leaving {
    /** A range that another node will hold once a member has left. */
    private record Change(TokenRange range, NodeId gaining) {}

    private Leaving() {}

    static MovementPlan decommission(RingView view, List<Keyspace> keyspaces, NodeId node, boolean force) {
        if (!view.ring().isMember(node)) {
            return new Refusal(node + " is not a member of the token ring yet");
        }
        var remaining = view.ringAfterAllLeft();
        if (!view.leaving().contains(node)) {
            if (remaining.nodes().size() < 2) {
                return new Refusal("no other normal nodes in the ring; decommission would be pointless");
            }
            for (var keyspace : keyspaces) {
                var strategy = keyspace.replication();
                if (!force && isShort(remaining, strategy, node)) {
                    return tooFew(remaining, keyspace, node);
                }
                if (!view.pendingRanges(strategy).rangesOf(node).isEmpty()) {
                    return new Refusal("data is currently moving to " + node + " (keyspace " + keyspace.name()
                            + "); unable to leave the ring");
                }
            }
        }
        var transfers = new ArrayList<Transfer>();
        for (var keyspace : keyspaces) {
            for (var change : changes(view, keyspace.replication(), node)) {
                transfers.add(new Transfer(keyspace.name(), change.range(), node, change.gaining()));
            }
        }
        return new RangeMovement(node, transfers, List.of());
    }

    static MovementPlan remove(RingView view, List<Keyspace> keyspaces, NodeId dead, SourceChoice choice) {
        if (!view.ring().isMember(dead)) {
            return new Refusal(dead + " is not a member of the token ring");
        }
        if (choice.alive().test(dead)) {
            return new Refusal(dead + " is alive. Use decommission to remove it from the ring");
        }
        if (view.ring().without(dead).size() == 0) {
            return new Refusal(dead + " is the last node of the ring");
        }
        var plans = keyspaces.stream()
                .map(keyspace -> restore(view, keyspace, dead, choice))
                .toList();
        return RangeMovement.together(dead, plans);
    }

    private static MovementPlan restore(RingView view, Keyspace keyspace, NodeId dead, SourceChoice choice) {
        var ring = view.ring();
        var transfers = new ArrayList<Transfer>();
        var down = new TreeSet<NodeId>();
        int lost = 0;
        for (var change : changes(view, keyspace.replication(), dead)) {
            var gaining = change.gaining();
            if (!choice.alive().test(gaining)) {
                down.add(gaining);
                continue;
            }
            var alive = keyspace.replication().replicas(ring, change.range().right()).stream()
                    .filter(source -> !source.equals(gaining) && choice.alive().test(source))
                    .toList();
            var sources = choice.proximity().sorted(gaining, alive, ring::location);
            if (sources.isEmpty()) {
                lost++;
            } else {
                transfers.add(new Transfer(keyspace.name(), change.range(), sources.get(0), gaining));
            }
        }
        var warnings = new ArrayList<String>();
        down.forEach(node -> warnings.add("Endpoint " + node + " is down and will not receive data of keyspace "
                + keyspace.name() + " for re-replication of " + dead));
        if (lost > 0) {
            warnings.add("no replica is left alive for " + lost + " ranges of keyspace " + keyspace.name());
        }
        return new RangeMovement(dead, transfers, warnings);
    }

    /** For each range the leaver holds, who will hold it when it and all others who leave are gone, and does not yet. */
    private static List<Change> changes(RingView view, ReplicationStrategy strategy, NodeId leaver) {
        var remaining = view.ringAfterAllLeft().without(leaver);
        var changes = new ArrayList<Change>();
        for (var range : strategy.rangesOf(view.ring(), leaver)) {
            var gaining = new ArrayList<>(strategy.replicas(remaining, range.right()));
            gaining.removeAll(strategy.replicas(view.ring(), range.right()));
            gaining.forEach(node -> changes.add(new Change(range, node)));
        }
        return changes;
    }

    private static boolean isShort(TokenRing remaining, ReplicationStrategy strategy, NodeId node) {
        boolean counts = !(strategy instanceof EverywhereStrategy) && !(strategy instanceof LocalStrategy);
        return counts && nodes(remaining, strategy, node) <= factor(remaining, strategy, node);
    }

    private static Refusal tooFew(TokenRing remaining, Keyspace keyspace, NodeId node) {
        return new Refusal("Not enough live nodes to maintain replication factor in keyspace " + keyspace.name()
                + " (RF = " + factor(remaining, keyspace.replication(), node) + ", N = "
                + nodes(remaining, keyspace.replication(), node) + "). Perform a forceful decommission to ignore.");
    }

    private static int factor(TokenRing remaining, ReplicationStrategy strategy, NodeId node) {
        return strategy.replicationFactor(remaining.location(node).datacenter());
    }

    private static long nodes(TokenRing remaining, ReplicationStrategy strategy, NodeId node) {
        if (!(strategy instanceof NetworkTopologyStrategy) && !(strategy instanceof DatacenterShardStrategy)) {
            return remaining.nodes().size();
        }
        var here = remaining.location(node).datacenter();
        return remaining.nodes().stream()
                .filter(other -> remaining.location(other).datacenter().equals(here))
                .count();
    }
}
