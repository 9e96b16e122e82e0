package io.ringsim.operation;

import java.time.Duration;

/**
 * Delays and rules of topology operations.
 *
 * @param ringDelay how long a node waits for its announcement to be known everywhere ({@code cassandra.ring_delay_ms},
 *     30 s)
 * @param replaceDelay how long a node that takes another's place looks out for it being alive after all (60 s)
 * @param batchlogTimeout how long pending batches may take before a leaving node streams (2 x write timeout, 4 s)
 * @param consistentRangeMovement whether a joiner takes each range from the replica that loses it, and refuses to join
 *     while others move ({@code cassandra.consistent.rangemovement}, true)
 * @param balancedSources whether relaxed sources are spread by maximum flow rather than taken nearest first, as all
 *     releases do in effect (false)
 * @param resumable whether ranges that arrived before a failure are kept (since 2.2)
 */
public record OperationSettings(
        Duration ringDelay,
        Duration replaceDelay,
        Duration batchlogTimeout,
        boolean consistentRangeMovement,
        boolean balancedSources,
        boolean resumable) {
    public static OperationSettings defaults() {
        return new OperationSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(4), true, false, true);
    }

    public OperationSettings withRingDelay(Duration delay) {
        return new OperationSettings(
                delay, replaceDelay, batchlogTimeout, consistentRangeMovement, balancedSources, resumable);
    }

    public OperationSettings withReplaceDelay(Duration delay) {
        return new OperationSettings(
                ringDelay, delay, batchlogTimeout, consistentRangeMovement, balancedSources, resumable);
    }

    public OperationSettings withConsistentRangeMovement(boolean consistent) {
        return new OperationSettings(ringDelay, replaceDelay, batchlogTimeout, consistent, balancedSources, resumable);
    }
}
