package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are about to gain which ranges by the changes a view knows to be under way. Writes go to them too, beside
 * the replicas.
 *
 * <p>When in doubt a node gets too much rather than too little: all who leave are taken to have left, and each node that
 * joins or moves is looked at alone, as if no other did. A node that replaces a member joins at that member's tokens, so
 * in the same rack all of its ranges are pending; until it is done the member remains their replica.
 */
public final class PendingRanges {
    private final SortedMap<TokenRange, List<NodeId>> byRange;
    private volatile @Nullable Segments segments;

    private PendingRanges(SortedMap<TokenRange, SortedSet<NodeId>> gained) {
        var lists = new TreeMap<TokenRange, List<NodeId>>();
        gained.forEach((range, nodes) -> lists.put(range, List.copyOf(nodes)));
        byRange = Collections.unmodifiableSortedMap(lists);
    }

    /** The pending ranges of a view; found once per view and strategy. */
    public static PendingRanges of(RingView view, ReplicationStrategy strategy) {
        return view.cached(strategy);
    }

    /** The nodes that are about to gain the token, sorted. */
    public List<NodeId> pending(Token token) {
        if (byRange.isEmpty()) {
            return List.of();
        }
        var known = segments;
        if (known == null) {
            known = Segments.of(byRange);
            segments = known;
        }
        return known.at(token);
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
        var gained = new TreeMap<TokenRange, SortedSet<NodeId>>();
        if (!view.leaving().isEmpty()
                || !view.joining().isEmpty()
                || !view.moving().isEmpty()) {
            var remaining = view.ringAfterAllLeft();
            addLeaving(view, strategy, remaining, gained);
            addJoining(view, strategy, remaining, gained);
            addMoving(view, strategy, remaining, gained);
        }
        return new PendingRanges(gained);
    }

    private static void addLeaving(
            RingView view,
            ReplicationStrategy strategy,
            TokenRing remaining,
            SortedMap<TokenRange, SortedSet<NodeId>> gained) {
        for (var leaver : view.leaving()) {
            for (var range : strategy.rangesOf(view.ring(), leaver)) {
                var gaining = new ArrayList<>(strategy.replicas(remaining, range.right()));
                gaining.removeAll(strategy.replicas(view.ring(), range.right()));
                gaining.forEach(node -> add(gained, range, node));
            }
        }
    }

    private static void addJoining(
            RingView view,
            ReplicationStrategy strategy,
            TokenRing remaining,
            SortedMap<TokenRange, SortedSet<NodeId>> gained) {
        view.joining().forEach((joiner, tokens) -> {
            var joined = remaining.takenOverBy(joiner, view.location(joiner), tokens);
            strategy.rangesOf(joined, joiner).forEach(range -> add(gained, range, joiner));
        });
    }

    /** A node that moves makes others gain too; once looked at it is gone for those after it. */
    private static void addMoving(
            RingView view,
            ReplicationStrategy strategy,
            TokenRing remaining,
            SortedMap<TokenRange, SortedSet<NodeId>> gained) {
        var before = remaining;
        for (var mover : view.moving().entrySet()) {
            var node = mover.getKey();
            var owner = before.holder(mover.getValue());
            if (owner != null && !owner.equals(node)) {
                continue;
            }
            var after = before.with(node, view.location(node), List.of(mover.getValue()));
            var affected = new TreeSet<>(strategy.rangesOf(before, node));
            affected.addAll(strategy.rangesOf(after, node));
            var gaining = new TreeSet<NodeId>();
            for (var range : affected) {
                var added = new ArrayList<>(strategy.replicas(after, range.right()));
                added.removeAll(strategy.replicas(view.ring(), range.right()));
                gaining.addAll(added);
            }
            for (var gainer : gaining) {
                var held = strategy.rangesOf(view.ring(), gainer);
                for (var range : strategy.rangesOf(after, gainer)) {
                    range.subtract(held).forEach(part -> add(gained, part, gainer));
                }
            }
            before = after.without(node);
        }
    }

    private static void add(SortedMap<TokenRange, SortedSet<NodeId>> gained, TokenRange range, NodeId node) {
        gained.computeIfAbsent(range, any -> new TreeSet<>()).add(node);
    }
}
