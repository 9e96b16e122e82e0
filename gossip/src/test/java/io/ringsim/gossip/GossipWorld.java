package io.ringsim.gossip;

import io.ringsim.network.NetworkSettings;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Members;
import io.ringsim.spi.Members.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A simulated network and its gossip, their nodes, and what a test says of them. */
final class GossipWorld implements AutoCloseable {
    final Simulation simulation;
    final SimulatedNetwork network;
    final Gossip gossip;
    final Members members;
    final SortedSet<String> running = new TreeSet<>();

    /** What each node that takes part announced last. */
    final SortedMap<String, String> announced = new TreeMap<>();

    /** What every gossiper told its subscribers: {@code 1.5s n1: Alive[node=n2]}. */
    final List<String> events = new ArrayList<>();

    /** Nodes that are configured otherwise. */
    final SortedMap<String, GossipSettings> own = new TreeMap<>();

    GossipWorld(long seed) {
        this(seed, GossipSettings.defaults(ids("n1", "n2")));
    }

    GossipWorld(long seed, GossipSettings settings) {
        simulation = Simulation.seeded(seed);
        network = new SimulatedNetwork(
                simulation.clock(), simulation.events(), simulation.randomness(), NetworkSettings.defaults());
        gossip = Gossip.of(simulation, network, settings);
        members = new Members(
                simulation,
                (node, location, generation, schema) ->
                        gossip.member(node, location, generation, schema, own.getOrDefault(node.value(), settings)));
    }

    GossipWorld recording() {
        gossip.subscribe((by, event) ->
                events.add(seconds() + "s " + by + ": " + event.getClass().getSimpleName() + " " + event.node()));
        return this;
    }

    /** Starts nodes {@code n1} to {@code nN} as members of the ring, and lets them find each other. */
    GossipWorld ring(int count) {
        for (int i = 1; i <= count; i++) {
            start("n" + i);
            announce("n" + i, Status.NORMAL, i);
            runMillis(100);
        }
        run(30);
        return this;
    }

    /** Starts with a ring of members that know each other. */
    GossipWorld ringAtRest(int count) {
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 1; i <= count; i++) {
            List<Token> token = List.of(new Token.LongToken(i));
            endpoints.add(new Endpoint(
                    id("n" + i), new Location("dc1", "r1"), 1, 1, Status.NORMAL, token, List.of(), "schema", 0));
        }
        gossip.know(endpoints);
        for (int i = 1; i <= count; i++) {
            start("n" + i);
            announce("n" + i, Status.NORMAL, i);
        }
        return this;
    }

    Heard start(String name) {
        running.add(name);
        return members.start(name);
    }

    void announce(String name, Status status, long token) {
        announced.put(name, name + " " + status + " [" + token + "]");
        members.announce(name, status, token);
    }

    void crash(String name) {
        running.remove(name);
        network.detach(id(name));
        members.kill(name);
    }

    void stop(String name) {
        running.remove(name);
        members.tell(name, io.ringsim.spi.Membership.Stop.INSTANCE);
    }

    Heard heard(String name) {
        return members.heard(name);
    }

    void run(long seconds) {
        simulation.runFor(Duration.ofSeconds(seconds));
    }

    void runMillis(long millis) {
        simulation.runFor(Duration.ofMillis(millis));
    }

    /** Whether every running node knows what every node announced last, and has all that run up and no other. */
    boolean agrees() {
        return running.stream().allMatch(this::agrees);
    }

    boolean agrees(String name) {
        var others = new TreeSet<>(running);
        others.retainAll(announced.keySet());
        others.removeIf(other -> announced.getOrDefault(other, "").contains("LEFT"));
        others.remove(name);
        return new TreeSet<>(heard(name).picture()).equals(new TreeSet<>(announced.values()))
                && new TreeSet<>(heard(name).up()).equals(others);
    }

    List<String> violations() {
        return members.all().values().stream()
                .flatMap(heard -> heard.violations().stream())
                .toList();
    }

    /** When a node first heard something, after {@code from}, in seconds; or nothing. */
    java.util.OptionalDouble heardAt(String name, String what, double from) {
        return heard(name).events().stream()
                .filter(event -> event.endsWith("s " + what))
                .mapToDouble(event -> Double.parseDouble(event.substring(0, event.indexOf('s'))))
                .filter(at -> at >= from)
                .findFirst();
    }

    double seconds() {
        return simulation.now().toMillis() / 1e3;
    }

    static NodeId id(String name) {
        return new NodeId(name);
    }

    static List<NodeId> ids(String... names) {
        return java.util.Arrays.stream(names).map(NodeId::new).toList();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
