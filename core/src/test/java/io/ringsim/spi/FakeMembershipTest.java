package io.ringsim.spi;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Simulation;

class FakeMembershipTest extends MembershipContract {
    private final FakeMembership membership = new FakeMembership();

    @Override
    protected Members.Layer layer(Simulation simulation) {
        return membership::of;
    }

    @Override
    protected void crash(NodeId node) {
        membership.down(node);
    }
}
