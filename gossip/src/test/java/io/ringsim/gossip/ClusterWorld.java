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

/** A simulated network and cluster layer, their nodes, and what a test says of them. */
final class ClusterWorld implements AutoCloseable {
    final Simulation simulation;
    final SimulatedNetwork network;
    final SimulatedClusterLayer layer;
    final Members members;
    final SortedSet<String> running = new TreeSet<>();

    /** What each node that takes part announced last. */
    final SortedMap<String, String> announced = new TreeMap<>();

    ClusterWorld(long seed) {
        this(seed, NetworkSettings.defaults(), "n1", "n2");
    }

    ClusterWorld(long seed, NetworkSettings settings, String... contactPoints) {
        simulation = Simulation.seeded(seed);
        network = new SimulatedNetwork(simulation.clock(), simulation.events(), simulation.randomness(), settings);
        layer = SimulatedClusterLayer.of(simulation, network, ClusterSettings.defaults(ids(contactPoints)));
        members = new Members(simulation, layer::member);
    }

    /** Starts nodes {@code n1} to {@code nN} as members of the ring, and lets them find each other. */
    ClusterWorld ring(int count) {
        for (int i = 1; i <= count; i++) {
            start("n" + i);
            announce("n" + i, Status.NORMAL, i);
        }
        run(20);
        return this;
    }

    /** Starts with a ring of members that know each other. */
    ClusterWorld ringAtRest(int count) {
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 1; i <= count; i++) {
            List<Token> token = List.of(new Token.LongToken(i));
            endpoints.add(new Endpoint(
                    id("n" + i), new Location("dc1", "r1"), 1, 1, Status.NORMAL, token, List.of(), "schema", 0));
        }
        layer.know(endpoints);
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

    private boolean agrees(String name) {
        var others = new TreeSet<>(running);
        others.retainAll(announced.keySet());
        others.remove(name);
        return new TreeSet<>(heard(name).picture()).equals(new TreeSet<>(announced.values()))
                && new TreeSet<>(heard(name).up()).equals(others);
    }

    List<String> violations() {
        return members.all().values().stream()
                .flatMap(heard -> heard.violations().stream())
                .toList();
    }

    /** When a node first heard something, after {@code from}, in seconds. */
    double heardAt(String name, String what, double from) {
        return heard(name).events().stream()
                .filter(event -> event.endsWith("s " + what))
                .mapToDouble(event -> Double.parseDouble(event.substring(0, event.indexOf('s'))))
                .filter(at -> at >= from)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        name + " never heard '" + what + "': " + heard(name).events()));
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
