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

    /** The node itself, then its rack, then its datacenter, then the others. */
    Proximity BY_LOCATION = (from, peers, locations) -> {
        var here = locations.apply(from);
        return peers.stream()
                .sorted(Comparator.comparingInt(peer -> {
                    if (peer.equals(from)) {
                        return 0;
                    }
                    var there = locations.apply(peer);
                    if (!there.datacenter().equals(here.datacenter())) {
                        return 3;
                    }
                    return there.rack().equals(here.rack()) ? 1 : 2;
                }))
                .toList();
    };

    List<NodeId> sorted(NodeId from, Collection<NodeId> peers, Function<NodeId, Location> locations);
}
