package io.ringsim.ring;

/** Each node keeps its own data, which never moves: no node is replica to the ring. */
public record LocalStrategy() implements ReplicationStrategy {
    @Override
    public String name() {
        return "LocalStrategy";
    }

    @Override
    public int replicationFactor() {
        return 1;
    }
}
