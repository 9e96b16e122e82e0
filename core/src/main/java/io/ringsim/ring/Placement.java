package io.ringsim.ring;

import java.util.stream.IntStream;

/** Where a strategy puts the replicas of the tokens at a position of one ring, as indices of nodes. */
interface Placement {
    int[] at(int position);

    /**
     * Whether a node that is passed over at a position is passed over at all positions before, back to the node's
     * previous token: the more nodes come first, the less is left for it.
     */
    default boolean reachesBackWithoutGaps() {
        return false;
    }

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
        var same = strategy instanceof EverywhereStrategy
                ? IntStream.range(0, ring.nodes().size()).toArray()
                : new int[0];
        return position -> same;
    }

    /** The first distinct nodes. */
    record SimplePlacement(TokenRing ring, int replicationFactor) implements Placement {
        @Override
        public int[] at(int position) {
            int wanted = Math.min(replicationFactor, ring.nodes().size());
            var chosen = new Chosen(wanted);
            for (int at = position; chosen.count() < wanted; at = at + 1 == ring.size() ? 0 : at + 1) {
                chosen.add(ring.ownerAt(at));
            }
            return chosen.toArray();
        }

        @Override
        public boolean reachesBackWithoutGaps() {
            return true;
        }
    }

    /** The owner, one node elsewhere, one in another rack nearby, then the next ones. */
    record RackAwarePlacement(TokenRing ring, int replicationFactor) implements Placement {
        @Override
        public int[] at(int position) {
            int wanted = Math.max(1, Math.min(replicationFactor, ring.nodes().size()));
            var chosen = new Chosen(wanted);
            chosen.add(ring.ownerAt(position));
            var home = ring.locationAt(ring.ownerAt(position));
            boolean abroad = false;
            boolean nearby = false;
            for (int step = 1; step < ring.size() && chosen.count() < wanted && !(abroad && nearby); step++) {
                int owner = ring.ownerAt((position + step) % ring.size());
                var there = ring.locationAt(owner);
                if (!there.datacenter().equals(home.datacenter())) {
                    if (!abroad) {
                        abroad = true;
                        chosen.add(owner);
                    }
                } else if (!nearby && !there.rack().equals(home.rack())) {
                    nearby = true;
                    chosen.add(owner);
                }
            }
            for (int step = 1; step < ring.size() && chosen.count() < wanted; step++) {
                chosen.add(ring.ownerAt((position + step) % ring.size()));
            }
            return chosen.toArray();
        }
    }
}
