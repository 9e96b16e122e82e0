package io.ringsim.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.gossip.Gossip;
import io.ringsim.gossip.GossipSettings;
import io.ringsim.network.LinkSet;
import io.ringsim.network.NetworkSettings;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A ring at rest whose nodes gossip and do nothing else, and when each of them hears what. */
final class GossipRing implements AutoCloseable {
    private static final int PARENTS_HOLD = 1_000;
    private static final Location PLACE = new Location("dc1", "r1");

    private final Simulation simulation;
    private final SimulatedNetwork network;
    private final Gossip gossip;
    private final List<ActorRef<Membership.Command>> members = new ArrayList<>();
    private final ActorSystem<Integer> system;
    private final int nodes;

    /** When each node first heard, in nanoseconds, of what is being watched. */
    private final SortedMap<Integer, Long> heard = new TreeMap<>();

    private NodeId watched = node(0);
    private boolean crashed;
    private long falseAlarms;

    GossipRing(int nodes, long seed) {
        this.nodes = nodes;
        simulation = Simulation.seeded(seed);
        network = new SimulatedNetwork(
                simulation.clock(), simulation.events(), simulation.randomness(), NetworkSettings.defaults());
        gossip = Gossip.of(simulation, network, GossipSettings.profile41(List.of(node(0), node(1), node(2))));
        var ring = new ArrayList<Endpoint>();
        for (int i = 0; i < nodes; i++) {
            List<Token> token = List.of(new Token.LongToken(i));
            ring.add(new Endpoint(node(i), PLACE, 1, 1, Status.NORMAL, token, List.of(), "schema", 0));
        }
        gossip.know(ring);
        system = simulation.start("gossip", crowd(), Quiet.CONFIG);
        simulation.runFor(Duration.ZERO);
    }

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    /** The guardian stops the member it is told. */
    private Behavior<Integer> crowd() {
        return Behaviors.setup(context -> {
            var parents = new ArrayList<ActorRef<Integer>>();
            for (int i = 0; i < nodes; i += PARENTS_HOLD) {
                parents.add(context.spawn(parent(i, Math.min(nodes, i + PARENTS_HOLD)), "parent-" + i));
            }
            return Behaviors.receiveMessage(number -> {
                parents.get(number / PARENTS_HOLD).tell(number);
                return Behaviors.same();
            });
        });
    }

    private Behavior<Integer> parent(int from, int to) {
        return Behaviors.setup(context -> {
            for (int i = from; i < to; i++) {
                int number = i;
                var listener = context.spawn(
                        Behaviors.<Membership.Event>receiveMessage(event -> {
                            hear(number, event);
                            return Behaviors.same();
                        }),
                        "hears-" + i);
                var member = context.spawn(gossip.member(node(i), PLACE, 1, "schema"), "g-" + i);
                members.add(member);
                member.tell(new Membership.Start(listener));
            }
            return Behaviors.receiveMessage(number -> {
                context.stop(members.get(number));
                return Behaviors.same();
            });
        });
    }

    private void hear(int number, Membership.Event event) {
        if (event instanceof Membership.EndpointsChanged changed && !crashed) {
            if (changed.endpoints().size() < nodes
                    && changed.endpoints().stream()
                            .anyMatch(endpoint -> endpoint.node().equals(watched))) {
                heard.putIfAbsent(number, simulation.now().toNanos());
            }
        } else if (event instanceof Membership.PeersDown down) {
            for (var peer : down.peers()) {
                if (crashed && peer.equals(watched)) {
                    heard.putIfAbsent(number, simulation.now().toNanos());
                } else {
                    falseAlarms++;
                }
            }
        }
    }

    void run(Duration time) {
        simulation.runFor(time);
    }

    /** Loses this share of all messages from now on. */
    void lose(double share) {
        network.impair(LinkSet.all(), share, 0, 0);
    }

    /**
     * One node changes something.
     *
     * @return after how many seconds each other node had heard of it, in order; those that did not are missing
     */
    List<Double> change(int number, Duration within) {
        begin(number);
        members.get(number).tell(new Membership.Report(1_000_000L + number));
        return delays(within);
    }

    /** One node's process is gone; as above, when each other convicted it. */
    List<Double> crash(int number, Duration within) {
        begin(number);
        crashed = true;
        network.detach(node(number));
        system.tell(number);
        return delays(within);
    }

    private void begin(int number) {
        watched = node(number);
        heard.clear();
    }

    private List<Double> delays(Duration within) {
        long began = simulation.now().toNanos();
        simulation.runUntil(() -> heard.size() >= nodes - (crashed ? 1 : 0), within);
        return heard.values().stream().map(at -> (at - began) / 1e9).sorted().toList();
    }

    /** How often a node took another for dead that was not. */
    long falseAlarms() {
        return falseAlarms;
    }

    long bytesSent() {
        return network.traffic().total().values().stream()
                .mapToLong(amount -> amount.bytes())
                .sum();
    }

    @Override
    public void close() {
        simulation.leave();
    }
}
