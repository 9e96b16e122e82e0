package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.Membership;
import java.util.Collection;

/** The memberships of all nodes of one simulated world: {@link ClusterLayer} or {@link Gossip}. */
public interface MembershipLayer {
    /**
     * Begins with a ring at rest: those of these nodes that start with the generation given here know each other from the
     * start, and an announcement that says the same is no news.
     */
    void know(Collection<Endpoint> endpoints);

    /** The membership of one node in one life. */
    Behavior<Membership.Command> member(NodeId node, Location location, int generation, String schema);
}
