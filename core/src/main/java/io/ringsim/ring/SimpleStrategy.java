package io.ringsim.ring;

/** The token's owner and the next distinct nodes round the ring; in 0.6 RackUnawareStrategy. */
public record SimpleStrategy(int replicationFactor) implements ReplicationStrategy {
    public SimpleStrategy {
        ReplicationStrategies.requireFactor("replication_factor", replicationFactor);
    }

    @Override
    public String name() {
        return "SimpleStrategy";
    }
}
