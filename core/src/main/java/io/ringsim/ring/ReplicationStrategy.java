package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** How many replicas are asked for, over all datacenters. */
    int replicationFactor();

    /** How many replicas are asked for in a ring. */
    default int replicationFactor(TokenRing ring) {
        return replicationFactor();
    }

    /** How many replicas are asked for in a datacenter; those without datacenters have all of them in each. */
    default int replicationFactor(String datacenter) {
        return replicationFactor();
    }

    /** The nodes that hold the token's replicas, the first of them first; fewer where the ring has too few nodes. */
    default List<NodeId> replicas(TokenRing ring, Token token) {
        return ring.size() == 0 ? List.of() : ring.replicas(this).at(ring.position(token));
    }

    /** The primary ranges of the ring, ascending by right end, with their replicas. */
    default SortedMap<TokenRange, List<NodeId>> replicas(TokenRing ring) {
        var all = new TreeMap<TokenRange, List<NodeId>>(java.util.Comparator.comparing(TokenRange::right));
        for (int position = 0; position < ring.size(); position++) {
            all.put(ring.range(position), ring.replicas(this).at(position));
        }
        return all;
    }

    /** The primary ranges of the ring that the node holds a replica of, ascending by right end. */
    default List<TokenRange> rangesOf(TokenRing ring, NodeId node) {
        var ranges = new ArrayList<TokenRange>();
        for (int position = 0; position < ring.size(); position++) {
            if (ring.replicas(this).at(position).contains(node)) {
                ranges.add(ring.range(position));
            }
        }
        return ranges;
    }

    /**
     * The strategy of that class with those options.
     *
     * @param className a class name with or without its package; those of old versions too
     * @throws IllegalArgumentException when there is none, or the options are wrong; the message says what is right
     */
    static ReplicationStrategy of(String className, SortedMap<String, String> options) {
        return ReplicationStrategies.of(className, options);
    }

    /** As {@link #of(String, SortedMap)}, refusing datacenters that are not among the known ones. */
    static ReplicationStrategy of(
            String className, SortedMap<String, String> options, Collection<String> knownDatacenters) {
        return ReplicationStrategies.of(className, options, knownDatacenters);
    }
}
