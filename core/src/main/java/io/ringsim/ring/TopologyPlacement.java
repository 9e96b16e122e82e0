package io.ringsim.ring;

import java.util.List;
import java.util.SortedMap;

/**
 * One walk round the ring that fills all datacenters. Datacenters do not influence each other, so each is walked by
 * itself, and what was found is put in the order of the ring.
 */
final class TopologyPlacement implements Placement {
    private final List<DatacenterPlacement> datacenters;
    private final int replicas;

    TopologyPlacement(TokenRing ring, SortedMap<String, Integer> factors) {
        datacenters = factors.entrySet().stream()
                .map(entry -> new DatacenterPlacement(ring, entry.getKey(), entry.getValue()))
                .filter(datacenter -> datacenter.replicas() > 0)
                .toList();
        replicas = datacenters.stream().mapToInt(DatacenterPlacement::replicas).sum();
    }

    @Override
    public int[] at(int position) {
        if (datacenters.size() == 1) {
            return datacenters.get(0).from(position).toArray();
        }
        var walks = datacenters.stream()
                .map(datacenter -> datacenter.from(position))
                .toList();
        var merged = new int[replicas];
        for (int i = 0; i < replicas; i++) {
            merged[i] = nearest(walks).take();
        }
        return merged;
    }

    @Override
    public boolean reachesBackWithoutGaps() {
        return true;
    }

    private static DatacenterPlacement.Walk nearest(List<DatacenterPlacement.Walk> walks) {
        var nearest = walks.get(0);
        for (var walk : walks) {
            if (walk.distance() < nearest.distance()) {
                nearest = walk;
            }
        }
        return nearest;
    }
}
