package io.ringsim.spi;

import akka.actor.typed.ActorRef;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import java.util.List;
import java.util.Optional;

/**
 * The port through which a node says what it is and learns what the others are. One actor per node; each has its own
 * view, nobody shares one.
 */
public interface Membership {
    sealed interface Command permits Start, Announce, SpeakFor, Report, Forget, Stop {}

    /**
     * Begins to take part, silently: the listener is told all that is known and every change from now on. Others hear of
     * this node at its first announcement. It hears until then what they know of an earlier life of its node, that others
     * removed it too; who was a member and finds that does not announce anything.
     *
     * @param isNewcomer whether the node was no member when it last ran, if it ever did, as far as it remembers
     */
    record Start(ActorRef<? super Event> listener, boolean isNewcomer) implements Command {}

    /** Tells everybody this node's place in the ring. The listener hears its own announcements too, at once. */
    record Announce(Status status, List<Token> tokens, List<Token> movingTo, List<NodeId> replaces) implements Command {
        public Announce {
            tokens = List.copyOf(tokens);
            movingTo = List.copyOf(movingTo);
            replaces = List.copyOf(replaces);
            if (replaces.size() != (status == Status.BOOT_REPLACE ? 1 : 0)) {
                throw new IllegalArgumentException(status + " announced with the replaced " + replaces);
            }
        }

        /** A place that is not taken from a dead member. */
        public Announce(Status status, List<Token> tokens, List<Token> movingTo) {
            this(status, tokens, movingTo, List.of());
        }

        /** The place of a dead member with these tokens. */
        public static Announce replacing(NodeId dead, List<Token> itsTokens) {
            return new Announce(Status.BOOT_REPLACE, itsTokens, List.of(), List.of(dead));
        }

        /** Whether the node is not known to be that already. */
        public boolean isNewsAfter(Endpoint last) {
            return last.status() != status
                    || !last.tokens().equals(tokens)
                    || !last.movingTo().equals(movingTo)
                    || !last.replaces().equals(replaces);
        }

        /** What the node is then known to be. */
        public Endpoint after(Endpoint last, int version) {
            return status == Status.BOOT_REPLACE
                    ? last.replacing(version, replaces.get(0), tokens)
                    : last.with(version, status, tokens, movingTo);
        }
    }

    /**
     * Tells everybody of a dead peer that this node removes it from the ring, or has removed it. It is said in a generation
     * of the peer's own, and so comes after all that the peer said itself. The listener hears it as the others do. A peer
     * that was alive all the time hears it too, and nobody hears the peer any more; one that starts anew hears it as it
     * looks around.
     * Nothing is told of a peer that is not known, or known in that generation or in a later one.
     *
     * @param status REMOVING or REMOVED
     */
    record SpeakFor(NodeId dead, int generation, Status status) implements Command {
        public SpeakFor {
            if (!status.isByOthers()) {
                throw new IllegalArgumentException(status + " is for " + dead + " itself to say");
            }
        }

        /** What the dead node is then known to be; nothing when that would be no news. */
        public Optional<Endpoint> after(Optional<Endpoint> last, NodeId by) {
            return last.filter(known -> known.generation() < generation && !dead.equals(by))
                    .map(known -> known.spokenFor(generation, status, by));
        }
    }

    /** Tells everybody the bytes of live data this node holds. */
    record Report(long load) implements Command {}

    /** Has another node forgotten, which lost its place in the ring; in a later life it is news again. */
    record Forget(NodeId node) implements Command {}

    /** Takes part no longer. */
    enum Stop implements Command {
        INSTANCE
    }

    /** What the listener is told. A peer counts as down until {@link PeersUp} says otherwise; oneself has neither. */
    sealed interface Event permits EndpointsChanged, EndpointRemoved, PeersUp, PeersDown, LookedAround {}

    /**
     * Later news of nodes than any told before, in one batch when it arrived as one. States may be skipped: NORMAL
     * without BOOT, LEFT without LEAVING. Of itself a node hears what it announced, and that others removed it.
     */
    record EndpointsChanged(List<Endpoint> endpoints) implements Event {
        public EndpointsChanged {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** The node was forgotten: its time-out passed (a joiner that went silent), or its LEFT or REMOVED expired. */
    record EndpointRemoved(NodeId node) implements Event {}

    /** Peers that are reachable from now on; told after the first news of them. */
    record PeersUp(List<NodeId> peers) implements Event {
        public PeersUp {
            peers = List.copyOf(peers);
        }
    }

    /** Peers that are not reachable from now on: silent, shut down or left. Told before they are removed. */
    record PeersDown(List<NodeId> peers) implements Event {
        public PeersDown {
            peers = List.copyOf(peers);
        }
    }

    /**
     * All was told that could be learnt of the ring before taking part in it, or there is nobody to learn from; told once.
     * Whoever knows of no earlier life of its node by now may take it that there was none.
     */
    enum LookedAround implements Event {
        INSTANCE
    }
}
