package io.ringsim.ring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * So many replicas in each datacenter, in distinct racks while there are enough of them.
 *
 * @param datacenters the replicas asked for, by datacenter; others get none
 */
public record NetworkTopologyStrategy(SortedMap<String, Integer> datacenters) implements ReplicationStrategy {
    public NetworkTopologyStrategy {
        datacenters = Collections.unmodifiableSortedMap(new TreeMap<>(datacenters));
        datacenters.forEach(ReplicationStrategies::requireFactor);
    }

    @Override
    public String name() {
        return "NetworkTopologyStrategy";
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
