package io.ringsim.gossip;

import java.time.Duration;

/**
 * How hosts share what they know of their nodes.
 *
 * @param keys over how many top-level keys of Distributed Data the nodes are spread by hash; all hosts of a cluster must
 *     have the same number, see {@link #forNodes(int)}
 * @param updateInterval how often a host passes on its nodes' news, if there is any
 * @param updateEntries the most nodes it passes on at once: Distributed Data sends all that changed in one message, which
 *     must fit a frame of Artery's
 * @param updateBytes the most bytes it passes on at once, for the same reason; half of Artery's default frame
 * @param failedBootstrapTimeout after how long a silent joiner is forgotten ({@code
 *     cassandra.failed_bootstrap_timeout_ms}: 60 s)
 * @param leftExpiry how long a node that left is remembered (Cassandra: 3 days)
 */
public record ClusterLayerSettings(
        int keys,
        Duration updateInterval,
        int updateEntries,
        long updateBytes,
        Duration failedBootstrapTimeout,
        Duration leftExpiry) {
    private static final int NODES_PER_KEY = 150;
    private static final int KEYS_MIN = 16;
    private static final int KEYS_MAX = 256;

    public ClusterLayerSettings {
        if (keys < 1 || updateEntries < 1 || updateBytes < 1) {
            throw new IllegalArgumentException("keys " + keys + ", updateEntries " + updateEntries + " and updateBytes "
                    + updateBytes + " must be positive");
        }
    }

    /** For up to some 10,000 nodes. */
    public static ClusterLayerSettings defaults() {
        return new ClusterLayerSettings(
                64, Duration.ofMillis(200), 1_500, 128 << 10, Duration.ofSeconds(60), Duration.ofDays(3));
    }

    /** With as many keys as suit a ring of that many nodes, on whatever number of hosts. */
    public ClusterLayerSettings forNodes(int nodes) {
        int suitable = Math.max(KEYS_MIN, Math.min(KEYS_MAX, nodes / NODES_PER_KEY));
        return new ClusterLayerSettings(
                suitable, updateInterval, updateEntries, updateBytes, failedBootstrapTimeout, leftExpiry);
    }

    /** With other times after which a silent joiner and a node that left are forgotten. */
    public ClusterLayerSettings forgetting(Duration silentJoiners, Duration left) {
        return new ClusterLayerSettings(keys, updateInterval, updateEntries, updateBytes, silentJoiners, left);
    }
}
