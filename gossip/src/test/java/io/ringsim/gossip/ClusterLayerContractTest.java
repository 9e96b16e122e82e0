package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Members;
import io.ringsim.spi.MembershipContract;
import java.time.Duration;
import java.util.ArrayList;

/** The layer of a host that is alone, as an embedder has it; see {@link ClusterLayerTest} for several. */
class ClusterLayerContractTest extends MembershipContract {
    @Override
    protected Members.Layer layer(Simulation simulation) {
        var layers = new ArrayList<ClusterLayer>();
        Behavior<Void> guardian = Behaviors.setup(context -> {
            layers.add(ClusterLayer.create(context, ClusterLayerSettings.defaults()));
            return Behaviors.empty();
        });
        simulation.start("host", guardian);
        simulation.runFor(Duration.ZERO);
        return layers.get(0)::member;
    }

    @Override
    protected void crash(NodeId node) {}
}
