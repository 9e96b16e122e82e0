package io.ringsim.ring;

/** Every node of the ring is a replica of everything. */
public record EverywhereStrategy() implements ReplicationStrategy {
    @Override
    public String name() {
        return "EverywhereStrategy";
    }

    /** As many as there may be; {@link #replicationFactor(TokenRing)} knows the number. */
    @Override
    public int replicationFactor() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int replicationFactor(TokenRing ring) {
        return ring.nodes().size();
    }
}
