package io.ringsim.gossip;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.network.DirectNetwork;
import io.ringsim.network.Network;
import io.ringsim.network.Route;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Membership;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cassandra's gossip, in a simulated world or within one ActorSystem in real time; {@link #member} gives the {@link
 * Gossiper} of one node. One object per ring: it keeps what nodes said, each state once for everybody, and lends each
 * gossiper the clock, the network and chance. Hence it does not reach beyond its ActorSystem; between those there is {@link
 * ClusterLayer}.
 */
public final class Gossip implements SimulatedMembershipLayer {
    /** A ring that has been up for a while: who belongs to it, and the copies everybody has. */
    record AtRest(SortedMap<NodeId, Integer> generations, BitSet numbers, List<Endpoint> endpoints, Digests digests) {
        static final AtRest NOBODY = new AtRest(new TreeMap<>(), new BitSet(), List.of(), Digests.NONE);
    }

    private final Medium medium;
    private final Randomness randomness;
    private final GossipSettings settings;
    private final Directory directory = new Directory();
    private final Exchange exchange;
    private final List<GossipEvent.Subscriber> subscribers = new ArrayList<>();
    private final SortedMap<NodeId, Life> running = new TreeMap<>();
    private AtRest atRest = AtRest.NOBODY;

    private Gossip(Medium medium, Randomness randomness, GossipSettings settings) {
        this.medium = medium;
        this.randomness = randomness;
        this.settings = settings;
        this.exchange = new Exchange(directory, settings.rules().wire());
    }

    public static Gossip of(Simulation simulation, SimulatedNetwork network, GossipSettings settings) {
        return new Gossip(
                new Medium.Simulated(simulation.clock(), simulation.events(), network),
                simulation.randomness().fork("gossip"),
                settings);
    }

    /**
     * The gossip of nodes in somebody's ActorSystem, in the time it has. Their memberships may be spawned anywhere in it, on
     * any dispatcher, and end with their parents.
     */
    public static Gossip embedded(ActorSystem<?> system, DirectNetwork network, GossipSettings settings) {
        return new Gossip(new Medium.Real(system, network, new Object()), Randomness.of(system, "gossip"), settings);
    }

    @Override
    public void know(Collection<Endpoint> endpoints) {
        var generations = new TreeMap<>(atRest.generations());
        var numbers = (BitSet) atRest.numbers().clone();
        var known = new ArrayList<>(atRest.endpoints());
        for (var endpoint : endpoints) {
            var life = directory.begin(endpoint.node(), endpoint.generation(), epochSeconds());
            var self = new LocalState(life, endpoint, settings.rules(), settings.timeouts());
            self.introduce();
            self.announce(endpoint, epochMillis());
            life.beat();
            directory.said(life);
            generations.put(endpoint.node(), endpoint.generation());
            numbers.set(life.number);
            known.add(self.endpoint());
        }
        var codes = new int[directory.room()];
        numbers.stream().forEach(number -> codes[number] = directory.calm()[number]);
        atRest = new AtRest(generations, numbers, List.copyOf(known), new Digests(codes));
    }

    @Override
    public Behavior<Membership.Command> member(NodeId node, Location location, int generation, String schema) {
        return member(node, location, generation, schema, settings);
    }

    /** The membership of a node that is configured otherwise. */
    public Behavior<Membership.Command> member(
            NodeId node, Location location, int generation, String schema, GossipSettings own) {
        return Behaviors.transformMessages(
                Membership.Command.class,
                medium.inTurn(Gossiper.create(this, own, node, location, generation, schema)),
                builder -> builder.match(Membership.Command.class, Gossiper.Asked::new));
    }

    /** Tells what every gossiper hears, from now on. */
    void subscribe(GossipEvent.Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void tell(NodeId by, GossipEvent event) {
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).heard(by, event);
        }
    }

    void started(Life life) {
        running.put(life.node, life);
    }

    void stopped(Life life) {
        running.remove(life.node, life);
    }

    Directory directory() {
        return directory;
    }

    Exchange exchange() {
        return exchange;
    }

    Network network() {
        return medium.network();
    }

    Randomness chance(String name) {
        return randomness.fork(name);
    }

    /** The ring at rest, if a node that starts with this generation belongs to it. */
    Optional<AtRest> atRest(NodeId node, int generation) {
        var known = atRest.generations().get(node);
        return known != null && known == generation ? Optional.of(atRest) : Optional.empty();
    }

    long nanos() {
        return medium.clock().nanos();
    }

    /** Milliseconds; wraps after 24 days, so that only differences mean anything. */
    int millis() {
        return (int) (medium.clock().nanos() / 1_000_000);
    }

    long epochSeconds() {
        return medium.clock().instant().getEpochSecond();
    }

    long epochMillis() {
        return medium.clock().instant().toEpochMilli();
    }

    /**
     * Plays an Echo and its answer, which are neither events nor an actor's messages until the answer is there.
     *
     * @return after how many nanoseconds the answer arrives, or {@link Route#LOST}
     */
    long echo(NodeId from, NodeId to) {
        int bytes = settings.rules().wire().envelope();
        long there = medium.probe(from, to, new GossipMessage.Echo(bytes));
        if (there == Route.LOST || !running.containsKey(to)) {
            return Route.LOST;
        }
        long back = medium.probe(to, from, new GossipMessage.EchoReply(bytes));
        return back == Route.LOST ? Route.LOST : there + back;
    }

    void later(long nanos, Runnable task) {
        medium.later(nanos, task);
    }
}
