package io.ringsim.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Spreads ranges over those who can send them so that none sends many more than another: the most ranges of any source
 * are as few as can be. Sources in the own datacenter are used where there are any.
 *
 * <p>It is a maximum flow from the ranges to their sources, whose capacity grows until every range gets through. Ranges
 * of next to no width do not count, and go to the source with the fewest others.
 */
record EvenSources(Partitioner partitioner, Predicate<NodeId> nearby) {
    private static final long NEXT_TO_NO_WIDTH = 1000;

    /** Each range's source, from candidates of which the earlier are preferred. */
    Map<TokenRange, NodeId> assign(Map<TokenRange, List<NodeId>> candidates) {
        var usable = new LinkedHashMap<TokenRange, List<NodeId>>();
        candidates.forEach((range, sources) -> {
            var near = sources.stream().filter(nearby).toList();
            usable.put(range, near.isEmpty() ? sources : near);
        });
        var wide = usable.keySet().stream().filter(range -> !isTrivial(range)).toList();
        var flow = new Flow(usable, wide);
        var assigned = new LinkedHashMap<TokenRange, NodeId>();
        usable.forEach((range, sources) -> {
            var source = flow.source.get(range);
            assigned.put(range, source != null ? source : flow.leastUsedOf(sources));
        });
        return assigned;
    }

    private boolean isTrivial(TokenRange range) {
        return !partitioner.preservesOrder()
                && !range.isWrapAround()
                && partitioner.width(range).bitLength() < Long.SIZE
                && partitioner.width(range).longValue() < NEXT_TO_NO_WIDTH;
    }

    /** Which source has which of the ranges that count. */
    private static final class Flow {
        private record Edge(TokenRange range, NodeId source) {}

        private final Map<TokenRange, List<NodeId>> candidates;
        private final Map<TokenRange, NodeId> source = new LinkedHashMap<>();
        private final SortedMap<NodeId, List<TokenRange>> ranges = new TreeMap<>();

        Flow(Map<TokenRange, List<NodeId>> candidates, List<TokenRange> wide) {
            this.candidates = candidates;
            wide.forEach(range ->
                    candidatesOf(range).forEach(node -> ranges.computeIfAbsent(node, any -> new ArrayList<>())));
            int capacity = ranges.isEmpty() ? 0 : (wide.size() + ranges.size() - 1) / ranges.size();
            for (var range : wide) {
                while (!push(range, capacity)) {
                    capacity++;
                }
            }
        }

        NodeId leastUsedOf(List<NodeId> sources) {
            return sources.stream()
                    .min(Comparator.comparingInt(node -> rangesOf(node).size()))
                    .orElseThrow();
        }

        /** Finds the range a source, by the shortest chain of ranges that change theirs when all its own are full. */
        private boolean push(TokenRange range, int capacity) {
            var reachedBy = new TreeMap<NodeId, TokenRange>();
            var open = new ArrayDeque<Edge>();
            candidatesOf(range).forEach(node -> open.add(new Edge(range, node)));
            while (!open.isEmpty()) {
                var edge = open.remove();
                if (reachedBy.putIfAbsent(edge.source(), edge.range()) != null) {
                    continue;
                }
                if (rangesOf(edge.source()).size() < capacity) {
                    shift(edge, reachedBy);
                    return true;
                }
                for (var other : rangesOf(edge.source())) {
                    candidatesOf(other).forEach(node -> open.add(new Edge(other, node)));
                }
            }
            return false;
        }

        private void shift(Edge last, SortedMap<NodeId, TokenRange> reachedBy) {
            var to = last.source();
            while (true) {
                var range = Objects.requireNonNull(reachedBy.get(to));
                var from = source.put(range, to);
                rangesOf(to).add(range);
                if (from == null) {
                    return;
                }
                rangesOf(from).remove(range);
                to = from;
            }
        }

        private List<NodeId> candidatesOf(TokenRange range) {
            return candidates.getOrDefault(range, List.of());
        }

        private List<TokenRange> rangesOf(NodeId node) {
            return ranges.getOrDefault(node, List.of());
        }
    }
}
