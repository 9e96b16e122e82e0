package io.ringsim.ring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds whom a node fetches each range of one keyspace from.
 *
 * <p>Strictly, that is the node which loses the range, as no other is sure to have all that was acknowledged; it can be
 * told only where the range has as many replicas as it should. Else it is the nearest that is alive, or, to spread the
 * work, one of those that are.
 *
 * @param before who holds what now
 * @param after who will, the fetching node included
 * @param eligible which nodes may be fetched from, alive or not
 * @param strict whether to insist on the node that loses the range
 */
record Fetch(
        Keyspace keyspace,
        NodeId node,
        TokenRing before,
        TokenRing after,
        Predicate<NodeId> eligible,
        boolean strict,
        SourceChoice choice) {
    MovementPlan plan(List<TokenRange> ranges) {
        var candidates = new LinkedHashMap<TokenRange, List<NodeId>>();
        int without = 0;
        for (var range : ranges) {
            var holders = strategy().replicas(before, range.right());
            if (holders.isEmpty() || !before.primaryRange(range.right()).contains(range)) {
                return new Refusal("Failed to find endpoints to fetch " + range + " of keyspace " + keyspace.name()
                        + ": no member of the ring holds it");
            }
            var losing = new ArrayList<NodeId>();
            if (strict && holders.size() == factor()) {
                losing.addAll(holders);
                losing.removeAll(strategy().replicas(after, range.right()));
                if (losing.size() > 1) {
                    return severalLose(range, losing);
                }
                if (losing.stream().anyMatch(source -> !isSource(source))) {
                    return strictSourceDown(range, losing.get(0));
                }
            }
            var sources = losing.isEmpty() ? nearestOf(holders) : losing;
            if (sources.isEmpty() && (factor() > 1 || strict)) {
                return nobody(range);
            }
            if (sources.isEmpty()) {
                without++;
            } else {
                candidates.put(range, sources);
            }
        }
        return movement(candidates, without);
    }

    private RangeMovement movement(Map<TokenRange, List<NodeId>> candidates, int without) {
        var transfers = new ArrayList<Transfer>();
        sources(candidates)
                .forEach((range, source) -> transfers.add(new Transfer(keyspace.name(), range, source, node)));
        var warnings = without == 0
                ? List.<String>of()
                : List.of("Unable to find sufficient sources for streaming " + without + " ranges in keyspace "
                        + keyspace.name() + " with RF=1. Keyspace might be missing data.");
        return new RangeMovement(node, transfers, warnings);
    }

    private Map<TokenRange, NodeId> sources(Map<TokenRange, List<NodeId>> candidates) {
        if (choice.maxFlow() && !strict && factor() > 1) {
            var here = after.location(node).datacenter();
            return new EvenSources(
                            before.partitioner(),
                            source -> before.location(source).datacenter().equals(here))
                    .assign(candidates);
        }
        var nearest = new LinkedHashMap<TokenRange, NodeId>();
        candidates.forEach((range, sources) -> nearest.put(range, sources.get(0)));
        return nearest;
    }

    private List<NodeId> nearestOf(List<NodeId> holders) {
        var alive = holders.stream().filter(this::isSource).toList();
        return choice.proximity()
                .sorted(node, alive, peer -> peer.equals(node) ? after.location(node) : before.location(peer));
    }

    private boolean isSource(NodeId peer) {
        return !peer.equals(node) && eligible.test(peer) && choice.alive().test(peer);
    }

    private ReplicationStrategy strategy() {
        return keyspace.replication();
    }

    private int factor() {
        return strategy().replicationFactor(before);
    }

    private Refusal severalLose(TokenRange range, List<NodeId> losing) {
        return new Refusal(
                "more than one node loses " + range + " of keyspace " + keyspace.name() + ": " + losing
                        + ". Expected <= 1 endpoint to move the data from consistently. If you wish to move it from a"
                        + " potentially inconsistent replica, restart the node with -Dcassandra.consistent.rangemovement=false");
    }

    private Refusal strictSourceDown(TokenRange range, NodeId source) {
        return new Refusal("A node required to move the data consistently is down (" + source + ", which loses " + range
                + " of keyspace " + keyspace.name() + "). If you wish to move the data from a potentially inconsistent"
                + " replica, restart the node with -Dcassandra.consistent.rangemovement=false");
    }

    private Refusal nobody(TokenRange range) {
        return new Refusal("Unable to find sufficient sources for streaming range " + range + " in keyspace "
                + keyspace.name()
                + (factor() == 1
                        ? " with RF=1. Ensure this keyspace contains replicas in the source datacenter."
                        : ": none of its replicas " + strategy().replicas(before, range.right())
                                + " can be fetched from"));
    }
}
