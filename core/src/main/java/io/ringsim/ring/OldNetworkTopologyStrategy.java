package io.ringsim.ring;

/**
 * The token's owner, then the first node of another datacenter and the first of another rack in the owner's
 * datacenter as they come, then the next nodes round the ring; in 0.6 RackAwareStrategy.
 */
public record OldNetworkTopologyStrategy(int replicationFactor) implements ReplicationStrategy {
    public OldNetworkTopologyStrategy {
        ReplicationStrategies.requireFactor("replication_factor", replicationFactor);
    }

    @Override
    public String name() {
        return "OldNetworkTopologyStrategy";
    }
}
