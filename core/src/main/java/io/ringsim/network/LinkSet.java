package io.ringsim.network;

import io.ringsim.ring.NodeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Some of the links between nodes, each one way; nodes need not exist yet. */
@FunctionalInterface
public interface LinkSet {
    boolean contains(NodeId from, NodeId to);

    /** Every link. */
    static LinkSet all() {
        return (from, to) -> true;
    }

    /** From any of these to any of those. */
    static LinkSet oneWay(Collection<NodeId> from, Collection<NodeId> to) {
        return new Between(new HashSet<>(from), new HashSet<>(to), false);
    }

    /** Both ways between the two sets. */
    static LinkSet between(Collection<NodeId> some, Collection<NodeId> others) {
        return new Between(new HashSet<>(some), new HashSet<>(others), true);
    }

    /** Both ways between these nodes and everybody else. */
    static LinkSet around(Collection<NodeId> nodes) {
        return new Around(new HashSet<>(nodes));
    }

    default LinkSet or(LinkSet other) {
        return (from, to) -> contains(from, to) || other.contains(from, to);
    }

    /** The links from one set to another, or both ways. */
    record Between(Set<NodeId> from, Set<NodeId> to, boolean bothWays) implements LinkSet {
        @Override
        public boolean contains(NodeId sender, NodeId receiver) {
            return (from.contains(sender) && to.contains(receiver))
                    || (bothWays && from.contains(receiver) && to.contains(sender));
        }

        @Override
        public String toString() {
            return new TreeSet<>(from) + (bothWays ? " <-> " : " -> ") + new TreeSet<>(to);
        }
    }

    /** The links that cross the border of a set. */
    record Around(Set<NodeId> nodes) implements LinkSet {
        @Override
        public boolean contains(NodeId sender, NodeId receiver) {
            return nodes.contains(sender) != nodes.contains(receiver);
        }

        @Override
        public String toString() {
            return new TreeSet<>(nodes) + " <-> others";
        }
    }
}
