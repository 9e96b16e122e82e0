package io.ringsim.nodetool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What of a node's configuration matters to a ring. Rates are bytes per second, 0 for no limit.
 *
 * @param partitioner a class name; empty when the file names none
 * @param initialTokens the node's own, as texts
 * @param isNew whether the file is of Cassandra 4.1 or later, which put units to their values
 */
public record NodeConfig(
        String clusterName,
        String partitioner,
        OptionalInt numTokens,
        List<String> initialTokens,
        List<String> seeds,
        OptionalLong streamThroughput,
        OptionalLong interDcStreamThroughput,
        OptionalDouble phiConvictThreshold,
        OptionalInt maxStreamingRetries,
        Optional<Duration> streamingSocketTimeout,
        List<KeyspaceConfig> keyspaces,
        boolean isNew) {
    public NodeConfig {
        initialTokens = List.copyOf(initialTokens);
        seeds = List.copyOf(seeds);
        keyspaces = List.copyOf(keyspaces);
    }

    /** A keyspace as storage-conf.xml defines it. */
    public record KeyspaceConfig(String name, String strategy, String replicationFactor) {}
}
