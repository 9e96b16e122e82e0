package io.ringsim.plan;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.MovementPlan;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be done to a ring. */
public sealed interface Change {
    NodeId node();

    /** {@code bootstrap}. */
    String operation();

    /** Who would send what to whom, or why not. */
    MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice);

    /** The members once it is done. */
    TokenRing after(TokenRing ring);

    /** How long the operation waits besides streaming. */
    default Duration waits(Duration ringDelay) {
        return ringDelay;
    }

    /** A new node joins. */
    record Bootstrap(NodeId node, Location location, List<Token> tokens) implements Change {
        public Bootstrap {
            tokens = List.copyOf(tokens);
        }

        @Override
        public String operation() {
            return "bootstrap";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return RangeMovement.bootstrap(view, keyspaces, node, location, tokens, choice);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring.with(node, location, tokens);
        }
    }

    /** A member leaves by itself. */
    record Decommission(NodeId node, boolean force) implements Change {
        /** Batches written before it left must be through: two write time-outs. */
        private static final Duration BATCHLOG_TIMEOUT = Duration.ofSeconds(4);

        @Override
        public String operation() {
            return "decommission";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return RangeMovement.decommission(view, keyspaces, node, force);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring.without(node);
        }

        @Override
        public Duration waits(Duration ringDelay) {
            Duration before = ringDelay.compareTo(BATCHLOG_TIMEOUT) > 0 ? ringDelay : BATCHLOG_TIMEOUT;
            return before.plus(ringDelay);
        }
    }

    /** A member with one token goes to another. */
    record Move(NodeId node, Token token) implements Change {
        @Override
        public String operation() {
            return "move";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return RangeMovement.move(view, keyspaces, node, token, choice);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring.with(node, ring.location(node), List.of(token));
        }
    }

    /** A dead member is removed; the others make up for it. */
    record Remove(NodeId node) implements Change {
        @Override
        public String operation() {
            return "remove";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return RangeMovement.remove(view, keyspaces, node, choice);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring.without(node);
        }
    }

    /** A new node takes a dead one's place and tokens. */
    record Replace(NodeId node, NodeId dead, Location location) implements Change {
        /** A replacing node first makes sure that the dead one stays dead. */
        private static final Duration EXTRA = Duration.ofSeconds(60);

        @Override
        public String operation() {
            return "replace";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return RangeMovement.replace(view, keyspaces, dead, node, location, choice);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring.without(dead).with(node, location, ring.tokensOf(dead));
        }

        @Override
        public Duration waits(Duration ringDelay) {
            return ringDelay.plus(EXTRA);
        }
    }

    /** A member fetches all of its ranges anew. */
    record Rebuild(NodeId node, Optional<String> fromDatacenter) implements Change {
        @Override
        public String operation() {
            return "rebuild";
        }

        @Override
        public MovementPlan movement(RingView view, List<Keyspace> keyspaces, SourceChoice choice) {
            return fromDatacenter.isPresent()
                    ? RangeMovement.rebuild(view, keyspaces, node, fromDatacenter.get(), choice)
                    : RangeMovement.rebuild(view, keyspaces, node, choice);
        }

        @Override
        public TokenRing after(TokenRing ring) {
            return ring;
        }

        @Override
        public Duration waits(Duration ringDelay) {
            return Duration.ZERO;
        }
    }
}
