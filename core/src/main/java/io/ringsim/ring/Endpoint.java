package io.ringsim.ring;

import java.util.List;

/**
 * What one node is known to be, as membership carries it.
 *
 * @param generation grows at every restart of the node
 * @param version grows with every change inside a generation
 * @param tokens the node's tokens; when {@link Status#MOVING}, its present ones
 * @param movingTo the token a {@link Status#MOVING} node goes to, else empty
 * @param schema the digest of the schema the node knows
 * @param load bytes of live data the node reports
 */
public record Endpoint(
        NodeId node,
        Location location,
        int generation,
        int version,
        Status status,
        List<Token> tokens,
        List<Token> movingTo,
        String schema,
        long load) {
    public Endpoint {
        tokens = List.copyOf(tokens);
        movingTo = List.copyOf(movingTo);
    }

    /** Whether this is later news of the node than {@code other}. */
    public boolean isNewerThan(Endpoint other) {
        return generation != other.generation ? generation > other.generation : version > other.version;
    }
}
