package io.ringsim.gossip;

import io.ringsim.network.NetworkSettings;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Members;
import io.ringsim.spi.MembershipContract;
import java.util.ArrayList;
import java.util.List;

class SimulatedClusterLayerContractTest extends MembershipContract {
    private final List<SimulatedNetwork> network = new ArrayList<>();

    @Override
    protected Members.Layer layer(Simulation simulation) {
        network.add(new SimulatedNetwork(
                simulation.clock(), simulation.events(), simulation.randomness(), NetworkSettings.defaults()));
        var settings = ClusterSettings.defaults(List.of(new NodeId("n1")));
        return SimulatedClusterLayer.of(simulation, network.get(0), settings)::member;
    }

    @Override
    protected void crash(NodeId node) {
        network.get(0).detach(node);
    }
}
