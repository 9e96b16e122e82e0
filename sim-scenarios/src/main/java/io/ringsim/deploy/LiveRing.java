package io.ringsim.deploy;

import io.ringsim.node.Node;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ring as a host sees it at one moment: what it knows of all nodes, and whom one of its nodes takes for alive.
 *
 * @param from that node's belief; nothing while none of the host runs
 */
record LiveRing(Partitioner partitioner, RingHost.State host, Optional<Node.State> from) {
    /** A node of the ring, in the words of {@code nodetool status}. */
    record Line(Endpoint endpoint, boolean up, String state, double owns) {
        /** U or D, and N, L, J or M. */
        String code() {
            return (up ? "U" : "D") + state.charAt(0);
        }

        NodeId node() {
            return endpoint.node();
        }
    }

    /** A token and whose it is. */
    record Place(Token token, Line line) {}

    /** All nodes that are in the ring or on their way into it, in order. */
    List<Line> lines() {
        var owns = ring().ownership();
        var lines = new ArrayList<Line>();
        for (var endpoint : host.endpoints()) {
            if (!endpoint.status().hasLeft()) {
                lines.add(new Line(
                        endpoint, isUp(endpoint), state(endpoint.status()), owns.getOrDefault(endpoint.node(), 0.0)));
            }
        }
        lines.sort(
                Comparator.comparing((Line line) -> line.endpoint().location().datacenter())
                        .thenComparing(Line::node));
        return lines;
    }

    List<Place> places() {
        var places = new ArrayList<Place>();
        for (var line : lines()) {
            line.endpoint().tokens().forEach(token -> places.add(new Place(token, line)));
        }
        places.sort(Comparator.comparing(Place::token, Comparator.naturalOrder()));
        return places;
    }

    private TokenRing ring() {
        return RingView.empty(partitioner).withAll(host.endpoints()).ring();
    }

    /** A host's own nodes are up while they run. */
    private boolean isUp(Endpoint endpoint) {
        var own = host.nodes().stream()
                .filter(node -> node.node().equals(endpoint.node()))
                .findFirst();
        return own.map(HostedNode::running)
                .orElseGet(() -> from.map(state -> state.surroundings().up().contains(endpoint.node()))
                        .orElse(false));
    }

    private static String state(Status status) {
        return switch (status) {
            case BOOT, BOOT_REPLACE -> "Joining";
            case LEAVING, LEFT, REMOVING, REMOVED -> "Leaving";
            case MOVING -> "Moving";
            case NORMAL, SHUTDOWN, HIBERNATE -> "Normal";
        };
    }
}
