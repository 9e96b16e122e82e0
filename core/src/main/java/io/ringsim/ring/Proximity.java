package io.ringsim.ring;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Orders peers by how near they are to a node; peers equally near keep the order they came in. */
@FunctionalInterface
public interface Proximity {
    /** No peer is nearer than another. */
    Proximity NONE = (from, peers, locations) -> List.copyOf(peers);

    /**
     * The node itself, then its datacenter, then the others; in each, first the racks named as its own. That a rack of
     * another datacenter counts as near for its name alone is Cassandra's way.
     */
    Proximity BY_LOCATION = (from, peers, locations) -> {
        var here = locations.apply(from);
        return peers.stream()
                .sorted(Comparator.comparingInt(peer -> {
                    var there = locations.apply(peer);
                    int datacenter = there.datacenter().equals(here.datacenter()) ? 0 : 2;
                    int rack = there.rack().equals(here.rack()) ? 0 : 1;
                    return peer.equals(from) ? -1 : datacenter + rack;
                }))
                .toList();
    };

    List<NodeId> sorted(NodeId from, Collection<NodeId> peers, Function<NodeId, Location> locations);
}
