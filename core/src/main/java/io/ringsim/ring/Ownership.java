package io.ringsim.ring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What share of a ring each of its nodes holds. */
final class Ownership {
    private Ownership() {}

    /** The shares when the range at each position belongs to those the placement gives it to. */
    static SortedMap<NodeId, Double> of(TokenRing ring, Placement placement) {
        var shares = new double[ring.nodes().size()];
        var owned = ring.partitioner().owned(ring.tokens());
        for (int position = 0; position < owned.length; position++) {
            for (int index : placement.at(position)) {
                shares[index] += owned[position];
            }
        }
        var byNode = new TreeMap<NodeId, Double>();
        for (int index = 0; index < shares.length; index++) {
            byNode.put(ring.nodes().get(index), shares[index]);
        }
        return Collections.unmodifiableSortedMap(byNode);
    }
}
