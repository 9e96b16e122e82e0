package io.ringsim.sim;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.gossip.Gossip;
import io.ringsim.gossip.SimulatedClusterLayer;
import io.ringsim.gossip.SimulatedMembershipLayer;
import io.ringsim.network.Network;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.node.Subsystems;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.streaming.Streamer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts the subsystems of a simulated node together: the one place that knows them all. */
final class Wiring implements Subsystems {
    /** The two subsystems of a running node that can hold on to what they should have let go. */
    record Holders(ActorRef<LocalStore.Command> store, ActorRef<RangeStreamer.Command> streamer) {}

    private final RingSettings settings;
    private final SimulatedMembershipLayer memberships;
    private final SimulatedNetwork network;
    private final Function<NodeId, SimulatedNode> nodes;
    private final SortedMap<NodeId, Holders> running = new TreeMap<>();

    /**
     * For one world.
     *
     * @param seeds the nodes through which others find the ring, unless the settings name some
     */
    Wiring(
            RingSettings settings,
            List<NodeId> seeds,
            Simulation simulation,
            SimulatedNetwork network,
            Function<NodeId, SimulatedNode> nodes) {
        this.settings = settings;
        this.memberships = memberships(settings, seeds, simulation, network);
        this.network = network;
        this.nodes = nodes;
    }

    private static SimulatedMembershipLayer memberships(
            RingSettings settings, List<NodeId> seeds, Simulation simulation, SimulatedNetwork network) {
        return switch (settings.membership()) {
            case CLUSTER -> {
                var cluster = settings.cluster();
                boolean isOpen = cluster.contactPoints().isEmpty();
                yield SimulatedClusterLayer.of(
                        simulation, network, isOpen ? cluster.withContactPoints(seeds) : cluster);
            }
            case GOSSIP -> {
                var gossip = settings.gossip();
                yield Gossip.of(simulation, network, gossip.seeds().isEmpty() ? gossip.withSeeds(seeds) : gossip);
            }
        };
    }

    /** Begins with a ring at rest: these know each other. */
    void know(Collection<Endpoint> members) {
        memberships.know(members);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public ActorRef<LocalStore.Command> store(ActorContext<?> node, NodeId self) {
        return node.spawn(nodes.apply(self).disk().store(), "store");
    }

    @Override
    public ActorRef<Membership.Command> membership(ActorContext<?> node, Self self) {
        return node.spawn(
                memberships.member(self.node(), self.location(), self.record().generation(), self.schema()),
                "membership");
    }

    @Override
    public ActorRef<RangeStreamer.Command> streamer(
            ActorContext<?> node,
            Self self,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super RangeStreamer.Event> watcher) {
        var here = self.location().datacenter();
        var setup = new Streamer.Setup(
                self.node(),
                settings.streaming(),
                network,
                store,
                peer -> !nodes.apply(peer).location().datacenter().equals(here),
                watcher);
        var streamer = node.spawn(Streamer.create(setup), "streamer");
        running.put(self.node(), new Holders(store, streamer));
        return streamer;
    }

    void crashed(NodeId node) {
        running.remove(node);
    }

    SortedMap<NodeId, Holders> running() {
        return Collections.unmodifiableSortedMap(running);
    }
}
