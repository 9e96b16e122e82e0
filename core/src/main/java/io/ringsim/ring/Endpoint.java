package io.ringsim.ring;

import java.util.List;

/**
 * What one node is known to be, as membership carries it.
 *
 * @param generation grows at every restart of the node
 * @param version grows with every change inside a generation
 * @param tokens the node's tokens; when {@link Status#MOVING}, its present ones
 * @param movingTo the token a {@link Status#MOVING} node goes to, else empty
 * @param replaces the dead member whose place a {@link Status#BOOT_REPLACE} node takes, else empty
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
        List<NodeId> replaces,
        String schema,
        long load) {
    public Endpoint {
        tokens = List.copyOf(tokens);
        movingTo = List.copyOf(movingTo);
        replaces = List.copyOf(replaces);
        if (replaces.size() != (status == Status.BOOT_REPLACE ? 1 : 0)) {
            throw new IllegalArgumentException(node + " says " + status + " and replaces " + replaces
                    + "; BOOT_REPLACE names the one it replaces, nothing else names any");
        }
        if (replaces.contains(node)) {
            throw new IllegalArgumentException(node + " cannot replace itself; a replacement has a name of its own");
        }
    }

    /** A node that replaces nobody. */
    public Endpoint(
            NodeId node,
            Location location,
            int generation,
            int version,
            Status status,
            List<Token> tokens,
            List<Token> movingTo,
            String schema,
            long load) {
        this(node, location, generation, version, status, tokens, movingTo, List.of(), schema, load);
    }

    /** The same node at another place in the ring, which it does not take from anybody. */
    public Endpoint with(int laterVersion, Status newStatus, List<Token> newTokens, List<Token> newMovingTo) {
        return new Endpoint(node, location, generation, laterVersion, newStatus, newTokens, newMovingTo, schema, load);
    }

    /** The same node on its way to the place of a dead member with these tokens. */
    public Endpoint replacing(int laterVersion, NodeId replaced, List<Token> itsTokens) {
        return new Endpoint(
                node,
                location,
                generation,
                laterVersion,
                Status.BOOT_REPLACE,
                itsTokens,
                List.of(),
                List.of(replaced),
                schema,
                load);
    }

    /** The same node with another load. */
    public Endpoint with(int laterVersion, long newLoad) {
        return new Endpoint(
                node, location, generation, laterVersion, status, tokens, movingTo, replaces, schema, newLoad);
    }

    /** Whether this is later news of the node than {@code other}. */
    public boolean isNewerThan(Endpoint other) {
        return generation != other.generation ? generation > other.generation : version > other.version;
    }
}
