package io.ringsim.coordinator;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NetworkTopologyStrategy;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SimpleStrategy;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRing;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ring by chance, in which perhaps a node joins, leaves or takes the place of another, as one node sees it. */
record RandomRing(
        RingView view, TokenRing after, Keyspace keyspace, Token token, NavigableSet<NodeId> alive, NodeId self) {
    private static final List<String> CHANGES = List.of("none", "join", "leave", "replace");

    static RandomRing of(Randomness random) {
        var members = new ArrayList<TokenRing.Member>();
        int nodes = 2 + random.nextInt(9);
        int datacenters = 1 + random.nextInt(3);
        for (int i = 1; i <= nodes; i++) {
            members.add(new TokenRing.Member(new NodeId("n" + i), location(datacenters, random), tokens(random)));
        }
        var ring = TokenRing.of(Partitioner.MURMUR3, members);
        var replication = random.nextBoolean() ? new SimpleStrategy(1 + random.nextInt(5)) : topology(random);
        var change = random.pick(CHANGES);
        var one = random.pick(members);
        var joiner = new Endpoint(
                new NodeId("new"),
                change.equals("replace") ? one.location() : location(datacenters, random),
                1,
                1,
                Status.BOOT,
                tokens(random),
                List.of(),
                "schema",
                0);
        var view = RingView.of(ring);
        var after = ring;
        switch (change) {
            case "join" -> {
                view = view.with(joiner);
                after = ring.with(joiner.node(), joiner.location(), joiner.tokens());
            }
            case "leave" -> {
                view = view.with(
                        new Endpoint(one.node(), one.location(), 1, 1, Status.LEAVING, one.tokens(), List.of(), "", 0));
                after = ring.without(one.node());
            }
            case "replace" -> {
                view = view.with(joiner.replacing(1, one.node(), one.tokens()));
                after = ring.without(one.node()).with(joiner.node(), joiner.location(), one.tokens());
            }
            default -> {}
        }
        var alive = new TreeSet<NodeId>();
        double share = random.nextDouble();
        for (var node : List.of(ring.nodes(), List.of(joiner.node()))) {
            node.stream().filter(any -> random.chance(share)).forEach(alive::add);
        }
        return new RandomRing(
                view,
                after,
                new Keyspace("ks", replication),
                Partitioner.MURMUR3.randomToken(random),
                alive,
                random.pick(members).node());
    }

    private static Location location(int datacenters, Randomness random) {
        return new Location("dc" + (1 + random.nextInt(datacenters)), "r" + (1 + random.nextInt(3)));
    }

    private static List<Token> tokens(Randomness random) {
        var tokens = new ArrayList<Token>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            tokens.add(Partitioner.MURMUR3.randomToken(random));
        }
        return tokens;
    }

    private static ReplicationStrategy topology(Randomness random) {
        var factors = new TreeMap<String, Integer>();
        for (int i = 1; i <= 3; i++) {
            factors.put("dc" + i, random.nextInt(4));
        }
        return new NetworkTopologyStrategy(factors);
    }

    List<NodeId> natural() {
        return keyspace.replication().replicas(view.ring(), token);
    }

    List<NodeId> pending() {
        var pending = new ArrayList<>(view.pendingRanges(keyspace.replication()).pending(token));
        pending.removeAll(natural());
        return pending;
    }

    String datacenter() {
        return datacenterOf(self);
    }

    String datacenterOf(NodeId node) {
        return view.location(node).datacenter();
    }

    WritePlan write(ConsistencyLevel level) {
        return WritePlan.of(view, keyspace, token, level, view.location(self), alive::contains);
    }
}
