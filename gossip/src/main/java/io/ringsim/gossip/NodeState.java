package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one node says of itself; only the node writes it, until a peer says that it is dead, which is a later generation.
 * So of two the later is right.
 *
 * @param number the node's number in this world
 * @param version grows with every change inside a generation, also with those the endpoint does not show
 * @param unreachable the peers this node gets no heartbeats from
 * @param expires when the state of a node that {@linkplain Status#hasLeft() has left} is to be forgotten, in nanoseconds of the world's time; else {@link
 *     Long#MAX_VALUE}
 */
record NodeState(int number, Endpoint endpoint, int version, List<Accusation> unreachable, long expires) {
    /** A peer that a node cannot reach, in the life it had then. */
    record Accusation(int number, NodeId peer, int generation) {}

    NodeState {
        unreachable = List.copyOf(unreachable);
    }

    NodeId node() {
        return endpoint.node();
    }

    int generation() {
        return endpoint.generation();
    }

    /** Whether it is later than what is known, if anything is. */
    boolean isNewerThan(@Nullable NodeState known) {
        if (known == null) {
            return true;
        }
        return generation() != known.generation() ? generation() > known.generation() : version > known.version;
    }

    /** Whether, after what is known, it says something else of who takes part or who can be reached. */
    boolean changesMembers(@Nullable NodeState known) {
        return known == null
                || known.generation() != generation()
                || known.endpoint().status() != endpoint.status()
                || !known.unreachable().equals(unreachable);
    }

    /** Whether the node takes part, as far as it says; one that hibernates does, though it counts as down. */
    boolean isTakingPart() {
        return endpoint.status().isTakingPart() || endpoint.status() == Status.HIBERNATE;
    }

    /** A number that two states share only if they are the same. */
    long fingerprint() {
        long z = ((long) generation() << 32 | (version & 0xFFFF_FFFFL)) + number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Bytes it takes in a message. */
    long bytes() {
        long bytes = 24 + 8 + textBytes(node().value()) + textBytes(endpoint.schema());
        bytes += textBytes(endpoint.location().datacenter())
                + textBytes(endpoint.location().rack());
        bytes += tokenBytes(endpoint.tokens()) + tokenBytes(endpoint.movingTo());
        for (var replaced : endpoint.replaces()) {
            bytes += textBytes(replaced.value());
        }
        for (var accusation : unreachable) {
            bytes += 4 + textBytes(accusation.peer().value());
        }
        return bytes;
    }

    private static long tokenBytes(List<Token> tokens) {
        long bytes = 4;
        for (var token : tokens) {
            bytes +=
                    4 + (token instanceof Token.LongToken ? 8 : token.toString().length());
        }
        return bytes;
    }

    private static long textBytes(String text) {
        return 2L + text.length();
    }
}
