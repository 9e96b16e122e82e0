package io.ringsim.ring;

import java.util.List;

/** What of an {@link Endpoint} matters to the ring. */
record RingChange(
        NodeId node,
        Location location,
        int generation,
        Status status,
        List<Token> tokens,
        List<Token> movingTo,
        List<NodeId> replaces) {
    static RingChange of(Endpoint endpoint) {
        return new RingChange(
                endpoint.node(),
                endpoint.location(),
                endpoint.generation(),
                endpoint.status(),
                endpoint.tokens(),
                endpoint.movingTo(),
                endpoint.replaces());
    }
}
