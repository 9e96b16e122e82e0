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

    /** The same node at another place in the ring. */
    public Endpoint with(int laterVersion, Status newStatus, List<Token> newTokens, List<Token> newMovingTo) {
        return new Endpoint(node, location, generation, laterVersion, newStatus, newTokens, newMovingTo, schema, load);
    }

    /** The same node with another load. */
    public Endpoint with(int laterVersion, long newLoad) {
        return new Endpoint(node, location, generation, laterVersion, status, tokens, movingTo, schema, newLoad);
    }

    /** Whether this is later news of the node than {@code other}. */
    public boolean isNewerThan(Endpoint other) {
        return generation != other.generation ? generation > other.generation : version > other.version;
    }
}
