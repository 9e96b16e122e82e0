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
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A ring at rest whose nodes gossip and do nothing else, and when each of them hears what. */
final class GossipRing implements AutoCloseable {
    private static final int PARENTS_HOLD = 1_000;
    private static final Location PLACE = new Location("dc1", "r1");

    private final Simulation simulation;
    private final SimulatedNetwork network;
    private final Gossip gossip;
    private final SortedMap<Integer, ActorRef<Membership.Command>> members = new TreeMap<>();
    private final ActorSystem<Integer> system;
    private final int nodes;
    private final NodeId victim;

    /** When each node first heard, in nanoseconds, of what is being watched. */
    private final SortedMap<Integer, Long> heard = new TreeMap<>();

    /** Who takes the victim for dead, rightly or not. */
    private final BitSet mourners = new BitSet();

    private NodeId changed = node(-1);
    private boolean isVictimDead;
    private long reports = 1;
    private long falsePositives;

    /** Of at least five nodes, three of which are seeds. */
    GossipRing(int nodes, long seed) {
        this.nodes = nodes;
        this.victim = node(victim());
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

    /** The number of the node that crashes; no seed. */
    private int victim() {
        return nodes - 1;
    }

    private ActorRef<Membership.Command> member(int number) {
        return Objects.requireNonNull(members.get(number));
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
                members.put(number, member);
                member.tell(new Membership.Start(listener, true));
            }
            return Behaviors.receiveMessage(number -> {
                context.stop(member(number));
                return Behaviors.same();
            });
        });
    }

    private void hear(int by, Membership.Event event) {
        if (event instanceof Membership.EndpointsChanged news) {
            if (news.endpoints().stream()
                    .anyMatch(endpoint -> endpoint.node().equals(changed) && endpoint.load() == reports)) {
                note(by);
            }
        } else if (event instanceof Membership.PeersDown down) {
            down.peers().forEach(peer -> takesForDead(by, peer));
        } else if (event instanceof Membership.PeersUp up && up.peers().contains(victim)) {
            mourners.clear(by);
        }
    }

    private void takesForDead(int by, NodeId peer) {
        if (peer.equals(victim)) {
            mourners.set(by);
        }
        if (peer.equals(victim) && isVictimDead) {
            note(by);
        } else {
            falsePositives++;
        }
    }

    private void note(int by) {
        heard.putIfAbsent(by, simulation.now().toNanos());
    }

    void run(Duration time) {
        simulation.runFor(time);
    }

    /** Loses this share of all messages from now on. */
    void lose(double share) {
        network.impair(LinkSet.all(), share, 0, 0);
    }

    /**
     * One node reports another load.
     *
     * @param number of the node
     * @return after how many seconds each other node had heard of it; those that did not in time are missing
     */
    List<Double> change(int number, Duration within) {
        heard.clear();
        changed = node(number);
        member(number).tell(new Membership.Report(++reports));
        var delays = delays(nodes, within);
        return delays.subList(1, delays.size());
    }

    /** One node's process is gone; after how many seconds each that took it for alive convicted it. */
    List<Double> crash(Duration within) {
        heard.clear();
        changed = node(-1);
        isVictimDead = true;
        network.detach(victim);
        system.tell(victim());
        return delays(nodes - 1 - mourners.cardinality(), within);
    }

    private List<Double> delays(int expected, Duration within) {
        long began = simulation.now().toNanos();
        simulation.runUntil(() -> heard.size() >= expected, within);
        return heard.values().stream().map(at -> (at - began) / 1e9).sorted().toList();
    }

    /** How often so far a node took another for dead that was not. */
    long falsePositives() {
        return falsePositives;
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
