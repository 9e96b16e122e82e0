package io.ringsim.ring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * So many replicas in each datacenter, one datacenter after the other: on the next nodes with racks of their own, then
 * on the next nodes. What 0.7 beta had before NetworkTopologyStrategy; 0.6 had a forerunner of that name.
 *
 * @param datacenters the replicas asked for, by datacenter; others get none
 */
public record DatacenterShardStrategy(SortedMap<String, Integer> datacenters) implements ReplicationStrategy {
    public DatacenterShardStrategy {
        datacenters = Collections.unmodifiableSortedMap(new TreeMap<>(datacenters));
        datacenters.forEach(ReplicationStrategies::requireFactor);
    }

    @Override
    public String name() {
        return "DatacenterShardStrategy";
    }

    @Override
    public int replicationFactor() {
        return datacenters.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int replicationFactor(String datacenter) {
        return datacenters.getOrDefault(datacenter, 0);
    }
}
