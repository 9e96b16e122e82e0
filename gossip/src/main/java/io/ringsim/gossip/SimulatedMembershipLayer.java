package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import java.util.Collection;

/** The memberships of all nodes of one simulated world: {@link SimulatedClusterLayer} or {@link Gossip}. */
public interface SimulatedMembershipLayer extends MembershipLayer {
    /**
     * Begins with a ring at rest: those of these nodes that start with the generation given here know each other from the
     * start, and an announcement that says the same is no news.
     */
    void know(Collection<Endpoint> endpoints);
}
