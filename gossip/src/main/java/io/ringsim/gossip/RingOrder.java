package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** The circle in which nodes send heartbeats to those that follow them; it has nothing to do with tokens. */
final class RingOrder {
    private record Place(long hash, int number) {
        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::hash).thenComparingInt(Place::number);
    }

    private final List<Place> places = new ArrayList<>();
    private final List<Place> placeOf = new ArrayList<>();

    /** Gives the next number a place. */
    void add(NodeId node) {
        long hash = node.value().hashCode() * 0x9E3779B97F4A7C15L;
        var place = new Place(hash ^ (hash >>> 29), placeOf.size());
        placeOf.add(place);
        places.add(indexOf(place), place);
    }

    /**
     * Whom a node sends heartbeats to: the members that follow it until there are {@code wanted} that are not down. The
     * first ones count among them even if down, or nobody would notice their return.
     */
    List<Integer> receivers(int sender, BitSet members, BitSet down, int wanted) {
        var receivers = new ArrayList<Integer>();
        int reachable = 0;
        int start = indexOf(placeOf.get(sender));
        for (int i = 1; i < places.size() && reachable < wanted; i++) {
            int next = places.get((start + i) % places.size()).number();
            if (!members.get(next) || (down.get(next) && receivers.size() >= wanted)) {
                continue;
            }
            receivers.add(next);
            reachable += down.get(next) ? 0 : 1;
        }
        return receivers;
    }

    private int indexOf(Place place) {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Place.ORDER.compare(places.get(middle), place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
