package io.ringsim.coordinator;

import io.ringsim.ring.DatacenterShardStrategy;
import io.ringsim.ring.NetworkTopologyStrategy;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.TokenRing;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many replicas must answer before a write or a read is done.
 *
 * <p>The numbers follow from the replicas that are asked for, not from those that a small ring can have: a quorum of three
 * is two, also where there is but one node. [db/ConsistencyLevel]
 */
public enum ConsistencyLevel {
    /** A write that reached any node at all; no level for reads. As long as nobody keeps hints, a replica or a node about to be one. */
    ANY,
    ONE,
    TWO,
    THREE,
    /** More than half of the replicas. */
    QUORUM,
    ALL,
    /** More than half of the replicas of the coordinator's datacenter. */
    LOCAL_QUORUM,
    /** More than half of the replicas of each datacenter. */
    EACH_QUORUM,
    /** One replica of the coordinator's datacenter. */
    LOCAL_ONE;

    /**
     * How many replicas must answer when none is about to be added: {@code blockFor}.
     *
     * @param datacenter the coordinator's
     */
    public int required(ReplicationStrategy replication, TokenRing ring, String datacenter) {
        return switch (this) {
            case ANY, ONE, LOCAL_ONE -> 1;
            case TWO -> 2;
            case THREE -> 3;
            case QUORUM -> quorum(replication.replicationFactor(ring));
            case ALL -> replication.replicationFactor(ring);
            case LOCAL_QUORUM -> quorumOf(replication, ring, datacenter);
            case EACH_QUORUM -> eachQuorum(replication, ring);
        };
    }

    private static int eachQuorum(ReplicationStrategy replication, TokenRing ring) {
        var factors = datacenters(replication);
        return factors.isEmpty()
                ? quorum(replication.replicationFactor(ring))
                : factors.values().stream().mapToInt(ConsistencyLevel::quorum).sum();
    }

    /** The quorum of one datacenter; of all replicas where the strategy does not count datacenters. */
    static int quorumOf(ReplicationStrategy replication, TokenRing ring, String datacenter) {
        return quorum(
                countsDatacenters(replication)
                        ? replication.replicationFactor(datacenter)
                        : replication.replicationFactor(ring));
    }

    /** How many replicas each datacenter has that has any; empty where the strategy does not count datacenters. */
    static SortedMap<String, Integer> datacenters(ReplicationStrategy replication) {
        var factors = new TreeMap<String, Integer>();
        if (replication instanceof NetworkTopologyStrategy topology) {
            factors.putAll(topology.datacenters());
        } else if (replication instanceof DatacenterShardStrategy shards) {
            factors.putAll(shards.datacenters());
        }
        factors.values().removeIf(factor -> factor == 0);
        return factors;
    }

    private static boolean countsDatacenters(ReplicationStrategy replication) {
        return replication instanceof NetworkTopologyStrategy || replication instanceof DatacenterShardStrategy;
    }

    /** Whether only replicas of the coordinator's datacenter count. */
    public boolean isLocal() {
        return this == LOCAL_QUORUM || this == LOCAL_ONE;
    }

    private static int quorum(int replicas) {
        return replicas / 2 + 1;
    }
}
