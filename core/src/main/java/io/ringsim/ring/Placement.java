package io.ringsim.ring;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Where a strategy puts the replicas of the tokens at a position of one ring, as indices of nodes. */
interface Placement {
    int[] at(int position);

    static Placement of(ReplicationStrategy strategy, TokenRing ring) {
        if (strategy instanceof SimpleStrategy simple) {
            return new SimplePlacement(ring, simple.replicationFactor());
        }
        if (strategy instanceof OldNetworkTopologyStrategy old) {
            return new RackAwarePlacement(ring, old.replicationFactor());
        }
        if (strategy instanceof NetworkTopologyStrategy topology) {
            return new TopologyPlacement(ring, topology.datacenters());
        }
        if (strategy instanceof DatacenterShardStrategy shard) {
            return new ShardPlacement(ring, shard.datacenters());
        }
        if (strategy instanceof EverywhereStrategy) {
            int[] all = IntStream.range(0, ring.nodes().size()).toArray();
            return position -> all;
        }
        return position -> new int[0];
    }

    /** The first distinct nodes. */
    record SimplePlacement(TokenRing ring, int replicationFactor) implements Placement {
        @Override
        public int[] at(int position) {
            var found = new int[Math.min(replicationFactor, ring.nodes().size())];
            int count = 0;
            for (int step = 0; count < found.length; step++) {
                int owner = ring.ownerAt((position + step) % ring.size());
                if (!contains(found, count, owner)) {
                    found[count++] = owner;
                }
            }
            return found;
        }
    }

    /** The owner, one node elsewhere, one in another rack nearby, then the next ones. */
    record RackAwarePlacement(TokenRing ring, int replicationFactor) implements Placement {
        @Override
        public int[] at(int position) {
            int wanted = Math.min(replicationFactor, ring.nodes().size());
            var found = new LinkedHashSet<Integer>();
            var home = ring.locationAt(ring.ownerAt(position));
            boolean abroad = false;
            boolean nearby = false;
            if (wanted > 0) {
                found.add(ring.ownerAt(position));
            }
            for (int step = 1; step < ring.size() && found.size() < wanted; step++) {
                int owner = ring.ownerAt((position + step) % ring.size());
                var there = ring.locationAt(owner);
                if (!there.datacenter().equals(home.datacenter())) {
                    if (!abroad) {
                        abroad = true;
                        found.add(owner);
                    }
                } else if (!nearby && !there.rack().equals(home.rack())) {
                    nearby = true;
                    found.add(owner);
                }
            }
            for (int step = 0; step < ring.size() && found.size() < wanted; step++) {
                found.add(ring.ownerAt((position + step) % ring.size()));
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** In each datacenter unique racks first, then the next nodes; one datacenter after the other. */
    record ShardPlacement(TokenRing ring, java.util.SortedMap<String, Integer> datacenters) implements Placement {
        @Override
        public int[] at(int position) {
            var all = new LinkedHashSet<Integer>();
            datacenters.forEach((datacenter, wanted) -> {
                var found = new LinkedHashSet<Integer>();
                var racks = new TreeSet<String>();
                for (int step = 0; step < ring.size() && found.size() < wanted; step++) {
                    int owner = ring.ownerAt((position + step) % ring.size());
                    var there = ring.locationAt(owner);
                    if (there.datacenter().equals(datacenter) && racks.add(there.rack())) {
                        found.add(owner);
                    }
                }
                for (int step = 0; step < ring.size() && found.size() < wanted; step++) {
                    int owner = ring.ownerAt((position + step) % ring.size());
                    if (ring.locationAt(owner).datacenter().equals(datacenter)) {
                        found.add(owner);
                    }
                }
                all.addAll(found);
            });
            return all.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static boolean contains(int[] found, int count, int owner) {
        return Arrays.stream(found, 0, count).anyMatch(known -> known == owner);
    }
}
