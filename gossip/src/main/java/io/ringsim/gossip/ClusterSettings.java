package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * How the cluster layer behaves; the defaults are Akka's, with Distributed Data tuned for ring states.
 *
 * @param contactPoints the nodes a starting node asks for the others; one of them needs nobody else to begin
 * @param contactRetry how long it waits for an answer before it asks again ({@code akka.cluster.seed-node-timeout}: 5 s)
 * @param deltaInterval how often a node passes on its own news (Distributed Data's delta tick: 200 ms)
 * @param deltaFanout to how many peers at once (Distributed Data: 2 to 10, a fifth of the ring)
 * @param gossipInterval how often a node compares all it knows with one other ({@code
 *     akka.cluster.distributed-data.gossip-interval}, tuned: 500 ms)
 * @param notifyInterval how often the listener is told ({@code notify-subscribers-interval}, tuned: 100 ms)
 * @param failedBootstrapTimeout after how long a silent joiner is forgotten ({@code
 *     cassandra.failed_bootstrap_timeout_ms}: 60 s)
 * @param leftExpiry how long a node that left is remembered (Cassandra: 3 days)
 */
public record ClusterSettings(
        List<NodeId> contactPoints,
        Duration contactRetry,
        Duration deltaInterval,
        int deltaFanout,
        Duration gossipInterval,
        Duration notifyInterval,
        Duration failedBootstrapTimeout,
        Duration leftExpiry,
        FailureDetection failureDetection) {
    public ClusterSettings {
        contactPoints = List.copyOf(contactPoints);
    }

    public static ClusterSettings defaults(List<NodeId> contactPoints) {
        return new ClusterSettings(
                contactPoints,
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                10,
                Duration.ofMillis(500),
                Duration.ofMillis(100),
                Duration.ofSeconds(60),
                Duration.ofDays(3),
                FailureDetection.defaults());
    }

    public ClusterSettings withContactPoints(List<NodeId> nodes) {
        return new ClusterSettings(
                nodes,
                contactRetry,
                deltaInterval,
                deltaFanout,
                gossipInterval,
                notifyInterval,
                failedBootstrapTimeout,
                leftExpiry,
                failureDetection);
    }

    public ClusterSettings withGossipInterval(Duration interval) {
        return new ClusterSettings(
                contactPoints,
                contactRetry,
                deltaInterval,
                deltaFanout,
                interval,
                notifyInterval,
                failedBootstrapTimeout,
                leftExpiry,
                failureDetection);
    }

    public ClusterSettings with(FailureDetection other) {
        return new ClusterSettings(
                contactPoints,
                contactRetry,
                deltaInterval,
                deltaFanout,
                gossipInterval,
                notifyInterval,
                failedBootstrapTimeout,
                leftExpiry,
                other);
    }

    /**
     * When silence means death ({@code akka.cluster.failure-detector}).
     *
     * @param interval between two heartbeats to the same peer
     * @param monitored how many peers a node sends heartbeats to ({@code monitored-by-nr-of-members})
     * @param threshold the phi above which a peer counts as unreachable
     * @param acceptablePause silence that does not count yet
     * @param minDeviation the least spread of heartbeat intervals that is assumed
     * @param samples how many intervals are remembered
     */
    public record FailureDetection(
            Duration interval,
            int monitored,
            double threshold,
            Duration acceptablePause,
            Duration minDeviation,
            int samples) {
        public static FailureDetection defaults() {
            return new FailureDetection(
                    Duration.ofSeconds(1), 9, 8, Duration.ofSeconds(3), Duration.ofMillis(100), 1_000);
        }

        /** The same with another interval between heartbeats and another phi. */
        public FailureDetection with(Duration otherInterval, double otherThreshold) {
            return new FailureDetection(
                    otherInterval, monitored, otherThreshold, acceptablePause, minDeviation, samples);
        }
    }
}
