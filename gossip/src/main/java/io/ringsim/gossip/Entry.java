package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;

/**
 * What hosts share of one node. Its host alone says what it is, until another host says that it is dead and removed, in a
 * greater generation than its last; should two hosts do so at once, their versions differ. Of two entries the one with the greater generation is right, then the one with the greater
 * version; of two with the same version the one that says more of the node's end: that it stopped, that it was forgotten.
 * So any two hosts that have heard the same agree, in whatever order they heard it.
 */
sealed interface Entry {
    /** When what is not to be forgotten expires. */
    long NEVER = Long.MAX_VALUE;

    NodeId node();

    int generation();

    int version();

    /**
     * A node as it announced itself, which only its host says; or as another host's node removes it.
     *
     * @param isRunning whether the node takes part, as far as its host knows
     * @param host the last that the node ran on
     * @param expires when it is to be forgotten, in milliseconds since 1970; {@link #NEVER} unless it {@linkplain
     *     Status#hasLeft() has left}
     */
    record Present(Endpoint endpoint, Incarnation host, boolean isRunning, long expires) implements Entry {
        @Override
        public NodeId node() {
            return endpoint.node();
        }

        @Override
        public int generation() {
            return endpoint.generation();
        }

        @Override
        public int version() {
            return endpoint.version();
        }

        Present stopped() {
            return new Present(endpoint, host, false, expires);
        }

        /** Whether it can be up, if its host is. */
        boolean isTakingPart() {
            return isRunning && endpoint.status().isTakingPart();
        }

        /** The same node as the host of a peer says of it that it is dead. */
        Present spokenFor(Endpoint dead, long forgottenAt) {
            return new Present(dead, host, false, forgottenAt);
        }

        /** What was known when it was forgotten. */
        Grave grave() {
            return new Grave(node(), generation(), version());
        }
    }

    /**
     * A node that was forgotten; any host may say so. It stays for as long as the cluster, for only so nobody who missed
     * it can bring the node back; it takes some 20 bytes.
     */
    record Grave(NodeId node, int generation, int version) implements Entry {}

    /** Whether this is right where the two differ. */
    default boolean isNewerThan(Entry other) {
        if (generation() != other.generation()) {
            return generation() > other.generation();
        } else if (version() != other.version()) {
            return version() > other.version();
        } else if (rank() != other.rank()) {
            return rank() > other.rank();
        }
        return this instanceof Present mine
                && other instanceof Present theirs
                && mine.host().compareTo(theirs.host())
                        > 0; // two hosts claim one node: a mistake, but the same for all
    }

    private int rank() {
        if (this instanceof Present present) {
            return present.isRunning() ? 0 : 1;
        }
        return 2;
    }
}
