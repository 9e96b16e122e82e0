package io.ringsim.ring;

import java.util.function.Predicate;

/**
 * How a node that gains ranges chooses whom to fetch them from.
 *
 * @param strict take each range from the node that loses it (consistent range movement), where that can be told
 * @param alive whether a node can be fetched from
 * @param proximity which sources are preferred where there is a choice
 * @param maxFlow where there is a choice, spread the ranges evenly over the sources rather than take the nearest. No
 *     release of Cassandra does so in effect: 4.0 and later have the reckoning, but give it the nearest source only
 */
public record SourceChoice(boolean strict, Predicate<NodeId> alive, Proximity proximity, boolean maxFlow) {
    /** From the node that loses the range; all nodes are alive. */
    public static SourceChoice strict(Proximity proximity) {
        return new SourceChoice(true, node -> true, proximity, false);
    }

    /** From the nearest node; all nodes are alive. */
    public static SourceChoice relaxed(Proximity proximity) {
        return new SourceChoice(false, node -> true, proximity, false);
    }

    public SourceChoice withAlive(Predicate<NodeId> alive) {
        return new SourceChoice(strict, alive, proximity, maxFlow);
    }

    public SourceChoice withMaxFlow() {
        return new SourceChoice(strict, alive, proximity, true);
    }
}
