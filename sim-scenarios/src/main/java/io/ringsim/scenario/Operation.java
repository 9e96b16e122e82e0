package io.ringsim.scenario;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.List;
import java.util.Optional;

/** What an operator asks of a node. */
public sealed interface Operation extends Step.Action {
    /** The node whose place it changes. */
    NodeId node();

    /** The word the file and the reports use: {@code bootstrap}. */
    String name();

    /**
     * A new node joins.
     *
     * @param tokens its tokens; empty when the seed draws {@code numTokens} of them
     */
    record Bootstrap(NodeId node, Location location, int numTokens, List<Token> tokens) implements Operation {
        public Bootstrap {
            tokens = List.copyOf(tokens);
        }

        @Override
        public String name() {
            return "bootstrap";
        }
    }

    /**
     * A member leaves.
     *
     * @param force also when fewer nodes than replicas remain
     */
    record Decommission(NodeId node, boolean force) implements Operation {
        @Override
        public String name() {
            return "decommission";
        }
    }

    /**
     * A dead member is removed.
     *
     * @param by the node that is asked to do it; any member when it is not given
     */
    record Remove(NodeId node, Optional<NodeId> by) implements Operation {
        @Override
        public String name() {
            return "remove";
        }
    }

    /**
     * A node takes a dead member's place: a new one, or that member itself, which then starts on an empty disk.
     *
     * @param location of a new node
     */
    record Replace(NodeId node, NodeId dead, Location location) implements Operation {
        /** Whether it is the dead one's own name under which it comes back. */
        public boolean isItself() {
            return node.equals(dead);
        }

        @Override
        public String name() {
            return "replace";
        }
    }

    /** A bootstrap, replacement or decommission that failed goes on where it stopped. */
    record Resume(NodeId node) implements Operation {
        @Override
        public String name() {
            return "resume";
        }
    }
}
