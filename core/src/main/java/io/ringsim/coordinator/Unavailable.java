package io.ringsim.coordinator;

/**
 * Nothing was sent, for too few replicas are alive.
 *
 * @param required how many would have to answer; at EACH_QUORUM in the first datacenter that has too few
 * @param alive how many of those that count are alive
 */
public record Unavailable(ConsistencyLevel level, int required, int alive) implements WriteOutcome, ReadOutcome {
    @Override
    public String toString() {
        return "Cannot achieve consistency level " + level + ": required " + required + ", alive " + alive;
    }
}
