package io.ringsim.ring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells where a node stands from its name, and which peers are near. */
public sealed interface Snitch permits Snitch.Simple, Snitch.RackInferring, Snitch.Mapped {
    /**
     * Where the node stands.
     *
     * @throws IllegalArgumentException when the snitch cannot tell
     */
    Location location(NodeId node);

    Proximity proximity();

    /** One datacenter, one rack, no peer nearer than another. */
    record Simple() implements Snitch {
        private static final Location ONLY = new Location("datacenter1", "rack1");

        @Override
        public Location location(NodeId node) {
            return ONLY;
        }

        @Override
        public Proximity proximity() {
            return Proximity.NONE;
        }
    }

    /** The second octet of the address is the datacenter, the third the rack; in 0.6 EndPointSnitch. */
    record RackInferring() implements Snitch {
        @Override
        public Location location(NodeId node) {
            var octets = node.value().replaceFirst(":\\d+$", "").split("\\.", -1);
            if (octets.length != 4) {
                throw new IllegalArgumentException(
                        "the rack of " + node + " cannot be inferred: an IPv4 address is expected");
            }
            return new Location(octets[1], octets[2]);
        }

        @Override
        public Proximity proximity() {
            return Proximity.BY_LOCATION;
        }
    }

    /** A table, as cassandra-topology.properties is one, with a place for the nodes it does not name. */
    record Mapped(SortedMap<NodeId, Location> locations, Location others) implements Snitch {
        public Mapped {
            locations = Collections.unmodifiableSortedMap(new TreeMap<>(locations));
        }

        @Override
        public Location location(NodeId node) {
            return locations.getOrDefault(node, others);
        }

        @Override
        public Proximity proximity() {
            return Proximity.BY_LOCATION;
        }
    }
}
