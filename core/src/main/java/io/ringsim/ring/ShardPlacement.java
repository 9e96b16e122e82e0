package io.ringsim.ring;

import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two walks round the ring for all datacenters: first over nodes with racks of their own, then over the others. */
record ShardPlacement(TokenRing ring, SortedMap<String, Integer> datacenters) implements Placement {
    @Override
    public int[] at(int position) {
        var left = new TreeMap<>(datacenters);
        var racks = new TreeMap<String, TreeSet<String>>();
        var chosen = new ArrayList<Integer>();
        for (boolean ownRack = true; ; ownRack = false) {
            for (int step = 0; step < ring.size(); step++) {
                int owner = ring.ownerAt((position + step) % ring.size());
                var there = ring.locationAt(owner);
                if (left.getOrDefault(there.datacenter(), 0) == 0 || chosen.contains(owner)) {
                    continue;
                }
                if (!ownRack
                        || racks.computeIfAbsent(there.datacenter(), any -> new TreeSet<>())
                                .add(there.rack())) {
                    chosen.add(owner);
                    left.merge(there.datacenter(), -1, Integer::sum);
                }
            }
            if (!ownRack) {
                return chosen.stream().mapToInt(Integer::intValue).toArray();
            }
        }
    }
}
