package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.VirtualClock;
import io.ringsim.spi.Membership;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Membership} of a simulated ring: plays Akka Cluster with Distributed Data. One object per world; {@link
 * #member} gives the actor of one node.
 *
 * <p>Each node has its own view. What a node announces it passes on to its peers a few at a time, at each delta tick, and
 * its peers' listeners hear of it at their next notify tick. What loss, partitions or late starts prevented is repaired
 * by gossip: at every interval a node compares a digest of all it knows with one random peer. Heartbeats go round a circle
 * in which every node watches the next nine; phi accrual finds who is missing, and that observation spreads like any
 * other news. Of two states of a node the one with the greater generation, then version, is right; what is forgotten
 * (a joiner that went silent, a node that left long ago) never comes back by an old state.
 *
 * <p>At rest nothing of this is an actor's message: heartbeats, and gossip between nodes that know the same, are counted
 * and played by tables.
 */
public final class SimulatedClusterLayer implements SimulatedMembershipLayer {
    private static final int SHARED = 1024;

    private final VirtualClock clock;
    private final Randomness randomness;
    private final SimulatedNetwork network;
    private final ClusterSettings settings;

    private final Map<NodeId, Integer> numbers = new TreeMap<>();
    private final List<NodeId> nodes = new ArrayList<>();
    private final List<@Nullable Row> rows = new ArrayList<>();
    private final RingOrder order = new RingOrder();

    private final Heartbeats heartbeats;
    private final Wheel<Row> heartbeatTurns;
    private final Wheel<Row> gossipTurns;

    private Knowledge atRest = Knowledge.NOTHING;
    private final Map<Long, Knowledge> shared = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Knowledge> eldest) {
            return size() > SHARED;
        }
    };

    public SimulatedClusterLayer(
            VirtualClock clock,
            EventQueue events,
            Randomness randomness,
            SimulatedNetwork network,
            ClusterSettings settings) {
        this.clock = clock;
        this.randomness = randomness.fork("cluster");
        this.network = network;
        this.settings = settings;
        this.heartbeats = new Heartbeats(this, network, settings.failureDetection());
        this.heartbeatTurns = new Wheel<>(events, settings.failureDetection().interval(), heartbeats::turn);
        this.gossipTurns = new Wheel<>(events, settings.gossipInterval(), this::gossip);
        network.traffic().beforeReading(this::count);
    }

    public static SimulatedClusterLayer of(Simulation simulation, SimulatedNetwork network, ClusterSettings settings) {
        return new SimulatedClusterLayer(
                simulation.clock(), simulation.events(), simulation.randomness(), network, settings);
    }

    @Override
    public void know(Collection<Endpoint> endpoints) {
        atRest = atRest.with(endpoints.stream()
                .map(endpoint ->
                        new NodeState(number(endpoint.node()), endpoint, endpoint.version(), List.of(), Long.MAX_VALUE))
                .toList());
    }

    @Override
    public Behavior<Membership.Command> member(NodeId node, Location location, int generation, String schema) {
        return Behaviors.transformMessages(
                Membership.Command.class,
                Member.create(this, node, location, generation, schema),
                builder -> builder.match(Membership.Command.class, Member.Asked::new));
    }

    ClusterSettings settings() {
        return settings;
    }

    SimulatedNetwork network() {
        return network;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    RingOrder order() {
        return order;
    }

    long now() {
        return clock.nanos();
    }

    Randomness chance(String name) {
        return randomness.fork(name);
    }

    /** What is known from the start in a ring at rest, if the node belongs to it. */
    Knowledge atRest(int number, int generation) {
        var state = atRest.state(number);
        return state != null && state.generation() == generation ? atRest : Knowledge.NOTHING;
    }

    int number(NodeId node) {
        var known = numbers.get(node);
        if (known != null) {
            return known;
        }
        int next = nodes.size();
        numbers.put(node, next);
        nodes.add(node);
        rows.add(null);
        order.add(node);
        return next;
    }

    NodeId node(int number) {
        return nodes.get(number);
    }

    int nodes() {
        return nodes.size();
    }

    int generation(Row row, int number) {
        var state = row.knowledge.state(number);
        return state == null ? 0 : state.generation();
    }

    /** When what is said of the node now may be forgotten. */
    long expiry(Endpoint endpoint) {
        return endpoint.status().hasLeft() ? now() + settings.leftExpiry().toNanos() : Long.MAX_VALUE;
    }

    /** Whether the node answers those who know it in that life. */
    boolean isRunning(int number, int generation) {
        var row = rows.get(number);
        return row != null && (row.isBack || row.generation == generation);
    }

    /** Whether a node takes the one that it hears for unreachable; one that started anew it listens to. */
    boolean isMissed(Row row, NodeId from) {
        int number = number(from);
        var sender = rows.get(number);
        return row.misses(number, sender == null ? 0 : sender.generation);
    }

    void started(Row row) {
        rows.set(row.number, row);
        heartbeatTurns.add(row, row.phase, now());
        gossipTurns.add(row, row.phase, now());
    }

    void stopped(Row row) {
        count(row);
        heartbeatTurns.remove(row);
        gossipTurns.remove(row);
        if (row.equals(rows.get(row.number))) {
            rows.set(row.number, null);
        }
    }

    /** Enters into the traffic what the tables only noted. */
    private void count() {
        for (var row : rows) {
            if (row != null) {
                count(row);
            }
        }
    }

    private void count(Row row) {
        heartbeats.count(row);
        var status = new ClusterMessage.Status(row.knowledge.digest());
        for (int peer = 0; peer < row.uncounted.length; peer++) {
            if (row.uncounted[peer] > 0) {
                network.route(row.node, nodes.get(peer), ClusterMessage.CHANNEL).count(row.uncounted[peer], status);
                row.uncounted[peer] = 0;
            }
        }
    }

    /** The same value for all who know the same. */
    Knowledge share(Knowledge knowledge) {
        var known = shared.putIfAbsent(knowledge.fingerprint(), knowledge);
        return known == null || known.size() != knowledge.size() ? knowledge : known;
    }

    /** One node's turn to compare all it knows with a peer's; most of the time both know the same. */
    private void gossip(Row row) {
        int peer = row.joined ? anyPeer(row) : -1;
        if (peer < 0) {
            return;
        }
        var other = rows.get(peer);
        if (other != null && other.joined && other.knowledge.fingerprint() == row.knowledge.fingerprint()) {
            if (row.uncounted.length <= peer) {
                row.uncounted = Arrays.copyOf(row.uncounted, nodes.size());
            }
            row.uncounted[peer]++;
        } else {
            row.actor.tell(new Member.GossipDue(peer));
        }
    }

    /** A random peer that takes part and is not down, or -1. */
    private int anyPeer(Row row) {
        for (int tries = 0; tries < 32; tries++) {
            int peer = row.random.nextInt(nodes.size());
            if (row.members.get(peer) && !row.down.get(peer)) {
                return peer;
            }
        }
        var candidates = (BitSet) row.members.clone();
        candidates.andNot(row.down);
        int from = candidates.nextSetBit(row.random.nextInt(nodes.size()));
        return from >= 0 ? from : candidates.nextSetBit(0);
    }
}
