package io.ringsim.ring;

import java.util.function.Predicate;

/**
 * How a node that gains ranges chooses whom to fetch them from.
 *
 * @param strict take each range from the node that loses it (consistent range movement), where that can be told
 * @param alive whether a node can be fetched from
 * @param proximity which sources are preferred where there is a choice
 * @param maxFlow spread the ranges evenly over the sources, where there is a choice, rather than take the nearest
 */
public record SourceChoice(boolean strict, Predicate<NodeId> alive, Proximity proximity, boolean maxFlow) {
    /** Strict, all nodes alive. */
    public static SourceChoice strict(Proximity proximity) {
        return new SourceChoice(true, node -> true, proximity, true);
    }

    /** Relaxed with even sources, all nodes alive. */
    public static SourceChoice relaxed(Proximity proximity) {
        return new SourceChoice(false, node -> true, proximity, true);
    }

    public SourceChoice withAlive(Predicate<NodeId> alive) {
        return new SourceChoice(strict, alive, proximity, maxFlow);
    }
}
