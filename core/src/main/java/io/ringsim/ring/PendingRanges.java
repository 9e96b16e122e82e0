package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which nodes are about to gain which ranges by the changes a view knows to be under way. Writes go to them too, beside
 * the replicas.
 */
public final class PendingRanges {
    private final SortedMap<TokenRange, List<NodeId>> byRange;

    private PendingRanges(SortedMap<TokenRange, List<NodeId>> byRange) {
        this.byRange = Collections.unmodifiableSortedMap(byRange);
    }

    /** The pending ranges of a view; found once per view and strategy. */
    public static PendingRanges of(RingView view, ReplicationStrategy strategy) {
        return view.cached(strategy);
    }

    /** The nodes that are about to gain the token. */
    public List<NodeId> pending(Token token) {
        if (byRange.isEmpty()) {
            return List.of();
        }
        var nodes = new LinkedHashSet<NodeId>();
        byRange.forEach((range, gaining) -> {
            if (range.contains(token)) {
                nodes.addAll(gaining);
            }
        });
        return List.copyOf(nodes);
    }

    /** The ranges the node is about to gain. */
    public List<TokenRange> rangesOf(NodeId node) {
        return byRange.entrySet().stream()
                .filter(entry -> entry.getValue().contains(node))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every range that is about to be gained, with the nodes that gain it. Ranges may overlap. */
    public SortedMap<TokenRange, List<NodeId>> asMap() {
        return byRange;
    }

    static PendingRanges compute(RingView view, ReplicationStrategy strategy) {
        var gained = new TreeMap<TokenRange, TreeSet<NodeId>>();
        var ring = view.ring();
        var allLeft = ring;
        for (var node : view.leaving()) {
            allLeft = allLeft.without(node);
        }
        var affected = new TreeSet<TokenRange>();
        for (var node : view.leaving()) {
            affected.addAll(strategy.rangesOf(ring, node));
        }
        for (var range : affected) {
            var gaining = new ArrayList<>(strategy.replicas(allLeft, range.right()));
            gaining.removeAll(strategy.replicas(ring, range.right()));
            gaining.forEach(node ->
                    gained.computeIfAbsent(range, any -> new TreeSet<>()).add(node));
        }
        for (var joiner : view.joining().entrySet()) {
            var node = joiner.getKey();
            var joined = allLeft.with(node, view.location(node), joiner.getValue());
            for (var range : strategy.rangesOf(joined, node)) {
                gained.computeIfAbsent(range, any -> new TreeSet<>()).add(node);
            }
        }
        for (var mover : view.moving().entrySet()) {
            var node = mover.getKey();
            var moved = allLeft.without(node).with(node, view.location(node), List.of(mover.getValue()));
            var before = new TreeSet<>(strategy.rangesOf(allLeft, node));
            for (var range : strategy.rangesOf(moved, node)) {
                before.add(range);
            }
            for (var range : before) {
                for (var now : strategy.replicas(moved, range.right())) {
                    if (!strategy.replicas(allLeft, range.right()).contains(now)) {
                        gained.computeIfAbsent(range, any -> new TreeSet<>()).add(now);
                    }
                }
            }
        }
        var byRange = new TreeMap<TokenRange, List<NodeId>>();
        gained.forEach((range, nodes) -> byRange.put(range, List.copyOf(nodes)));
        return new PendingRanges(byRange);
    }
}
