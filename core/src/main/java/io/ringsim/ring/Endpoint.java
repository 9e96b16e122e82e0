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
 * @param remover the node that removes a {@link Status#REMOVING} one, else empty
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
        List<NodeId> remover,
        String schema,
        long load) {
    /** Versions that others say of a node begin here: those a node says itself in the same generation come before them. */
    private static final int BY_OTHERS = 1 << 30;

    public Endpoint {
        tokens = List.copyOf(tokens);
        movingTo = List.copyOf(movingTo);
        replaces = List.copyOf(replaces);
        remover = List.copyOf(remover);
        if (remover.size() != (status == Status.REMOVING ? 1 : 0)) {
            throw new IllegalArgumentException(node + " is " + status + " and removed by " + remover
                    + "; REMOVING names the one that removes it, nothing else names any");
        }
        if (replaces.size() != (status == Status.BOOT_REPLACE ? 1 : 0)) {
            throw new IllegalArgumentException(node + " says " + status + " and replaces " + replaces
                    + "; BOOT_REPLACE names the one it replaces, nothing else names any");
        }
        if (replaces.contains(node)) {
            throw new IllegalArgumentException(node + " cannot replace itself; a replacement has a name of its own");
        }
    }

    /** A node that nobody removes. */
    public Endpoint(
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
        this(node, location, generation, version, status, tokens, movingTo, replaces, List.of(), schema, load);
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
                node, location, generation, laterVersion, status, tokens, movingTo, replaces, remover, schema, newLoad);
    }

    /**
     * The same node as a peer says of it that it is dead.
     *
     * @param newGeneration one in which the node itself has said nothing yet
     * @param byOthers REMOVING or REMOVED
     */
    public Endpoint spokenFor(int newGeneration, Status byOthers, NodeId by) {
        return new Endpoint(
                node,
                location,
                newGeneration,
                BY_OTHERS
                        | (by.value().hashCode() & (BY_OTHERS - 1)), // two who remove it at once say no equal versions
                byOthers,
                tokens,
                List.of(),
                List.of(),
                byOthers == Status.REMOVING ? List.of(by) : List.of(),
                schema,
                load);
    }

    /** Whether this is later news of the node than {@code other}. */
    public boolean isNewerThan(Endpoint other) {
        return generation != other.generation ? generation > other.generation : version > other.version;
    }
}
