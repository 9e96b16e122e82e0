package io.ringsim.ring;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which nodes hold the replicas of a token. */
public sealed interface ReplicationStrategy
        permits SimpleStrategy,
                OldNetworkTopologyStrategy,
                NetworkTopologyStrategy,
                DatacenterShardStrategy,
                LocalStrategy,
                EverywhereStrategy {
    /** The class name without its package: {@code SimpleStrategy}. */
    String name();

    /** How many replicas are asked for, over all datacenters; a ring with too few nodes has fewer. */
    int replicationFactor();

    /** How many replicas are asked for in that ring; differs from {@link #replicationFactor()} only where all nodes are. */
    default int replicationFactor(TokenRing ring) {
        return replicationFactor();
    }

    /** How many replicas are asked for in a datacenter; all of them where datacenters do not count. */
    default int replicationFactor(String datacenter) {
        return replicationFactor();
    }

    /** The nodes that hold the token's replicas, the first of them first. */
    default List<NodeId> replicas(TokenRing ring, Token token) {
        return ring.size() == 0 ? List.of() : ring.replicas(this).at(ring.position(token));
    }

    /** The primary ranges of the ring with their replicas, ascending by the ranges' right ends. */
    default SortedMap<TokenRange, List<NodeId>> replicas(TokenRing ring) {
        var all = new TreeMap<TokenRange, List<NodeId>>(Comparator.comparing(TokenRange::right));
        for (int position = 0; position < ring.size(); position++) {
            all.put(ring.range(position), ring.replicas(this).at(position));
        }
        return Collections.unmodifiableSortedMap(all);
    }

    /** The primary ranges of the ring that the node holds a replica of, ascending by their right ends. */
    default List<TokenRange> rangesOf(TokenRing ring, NodeId node) {
        return IntStream.of(ring.replicas(this).positionsOf(node))
                .mapToObj(ring::range)
                .toList();
    }

    /**
     * The strategy of that class with those options, as a schema or a configuration file gives them.
     *
     * @param className a class name with or without its package; those of old versions too
     * @throws IllegalArgumentException when there is none, or the options are wrong; the message says what is right
     */
    static ReplicationStrategy of(String className, SortedMap<String, String> options) {
        return ReplicationStrategies.of(className, options);
    }

    /**
     * As {@link #of(String, SortedMap)}, where the datacenters are known: others are refused, and
     * {@code replication_factor} stands for all that are not named.
     */
    static ReplicationStrategy of(String className, SortedMap<String, String> options, Collection<String> datacenters) {
        return ReplicationStrategies.of(className, options, datacenters);
    }
}
