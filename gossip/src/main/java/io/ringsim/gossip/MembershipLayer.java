package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.Membership;

/** The memberships of all nodes of one simulated world, or of one host. */
public interface MembershipLayer {
    /** The membership of one node in one life. */
    Behavior<Membership.Command> member(NodeId node, Location location, int generation, String schema);
}
