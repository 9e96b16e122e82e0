package io.ringsim.scenario;

import io.ringsim.network.Latency;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.sim.MembershipKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes valid scenarios by chance. */
final class AnyScenario {
    private static final List<Partitioner> PARTITIONERS =
            List.of(Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED);
    private static final List<String> NAMES = List.of("dc1", "eu west", "\u4e2d\u6587", "a:b", "true", "7", "x#y", "-");

    private final Randomness random;
    private final List<NodeId> nodes = new ArrayList<>();
    private int named;

    AnyScenario(long seed) {
        random = Randomness.of(seed);
    }

    Scenario scenario() {
        var profile = random.chance(0.5) ? Profile.V2_1 : Profile.V4_1;
        RingSpec ring = ring();
        List<Step> timeline = timeline(ring);
        return new Scenario(
                "any-" + random.nextInt(100),
                random.pick(List.of("", "grows: and shrinks", "\"quoted\" \\ text\tand more")),
                profile,
                random.pick(List.of(MembershipKind.values())),
                random.nextLong(),
                ring,
                keyspaces(ring),
                model(),
                timeline,
                expectations(),
                new Limits(time(), 1 + random.nextLong(1L << 40)));
    }

    private RingSpec ring() {
        Partitioner partitioner = random.pick(PARTITIONERS);
        var datacenters = new ArrayList<RingSpec.Datacenter>();
        var names = new ArrayList<>(NAMES);
        random.shuffle(names);
        for (int i = 0; i <= random.nextInt(3); i++) {
            datacenters.add(datacenter(names.get(i), partitioner));
        }
        return new RingSpec(partitioner, datacenters);
    }

    private RingSpec.Datacenter datacenter(String name, Partitioner partitioner) {
        var racks = new ArrayList<>(NAMES.subList(0, 1 + random.nextInt(NAMES.size())));
        int tokens = 1 + random.nextInt(8);
        boolean plain = random.chance(0.5);
        var members = new ArrayList<RingSpec.Node>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            var id = new NodeId(
                    plain ? "n" + ++named : random.pick(List.of("10.0.0.", "fe80::", "host-", "\u8282")) + ++named);
            String rack = plain ? racks.get(i % racks.size()) : random.pick(racks);
            List<Token> own = plain || random.chance(0.5) ? List.of() : tokens(partitioner, 1 + random.nextInt(3));
            int count = own.isEmpty() ? (plain ? tokens : 1 + random.nextInt(8)) : own.size();
            members.add(new RingSpec.Node(id, new Location(name, rack), count, own));
            nodes.add(id);
        }
        return new RingSpec.Datacenter(name, racks, tokens, members);
    }

    private List<Token> tokens(Partitioner partitioner, int count) {
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < count; i++) {
            tokens.add(partitioner.randomToken(random));
        }
        return tokens;
    }

    private List<KeyspaceSpec> keyspaces(RingSpec ring) {
        var options = new TreeMap<String, String>();
        boolean perDatacenter = random.chance(0.5);
        if (perDatacenter) {
            ring.datacenters()
                    .forEach(dc -> options.put(
                            dc.name(),
                            Integer.toString(1 + random.nextInt(dc.nodes().size()))));
        } else {
            options.put(
                    "replication_factor",
                    Integer.toString(1 + random.nextInt(ring.nodes().size())));
        }
        var rowTables = new ArrayList<KeyspaceSpec.RowTable>();
        if (random.chance(0.2)) {
            rowTables.add(new KeyspaceSpec.RowTable("r", 1 + random.nextInt(1000), 1 + random.nextInt(256 << 10)));
        }
        var tables = new ArrayList<KeyspaceSpec.Table>();
        for (int i = 0; rowTables.isEmpty() && i < random.nextInt(3); i++) {
            var exceptions = new TreeMap<NodeId, Long>();
            for (RingSpec.Node node : ring.nodes()) {
                if (random.chance(0.3)) {
                    exceptions.put(node.node(), random.nextLong(1L << 38));
                }
            }
            tables.add(new KeyspaceSpec.Table("t" + i, random.nextLong(1L << 38), exceptions, 1 + random.nextInt(99)));
        }
        return List.of(new KeyspaceSpec(
                "k s",
                new KeyspaceSpec.Replication(perDatacenter ? "NetworkTopologyStrategy" : "SimpleStrategy", options),
                tables,
                rowTables));
    }

    private Model model() {
        List<Latency> latencies = List.of(
                new Latency.Constant(time()),
                new Latency.LogNormal(Duration.ofMillis(1), Duration.ofMillis(1 + random.nextInt(9))),
                new Latency.Uniform(Duration.ZERO, time()));
        return new Model(
                rate(),
                rate(),
                time(),
                time(),
                5 + random.nextDouble() * 11,
                random.nextInt(10),
                time(),
                random.chance(0.5),
                new Model.Network(random.pick(latencies), random.pick(latencies), rate(), random.nextDouble()),
                new Model.Disk(finite(), finite(), 1L << 50));
    }

    private List<Step> timeline(RingSpec ring) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < random.nextInt(8); i++) {
            Step.Start start = start();
            Step.Action action = action(ring);
            steps.add(new Step(start, action));
            if (action instanceof Fault.Crash crash) {
                steps.add(new Step(start(), new Fault.Restart(crash.node())));
                ring.nodes().stream()
                        .filter(member -> member.node().equals(crash.node()) && random.chance(0.5))
                        .forEach(member -> steps.add(new Step(start(), replace(member))));
            }
        }
        return steps;
    }

    private Step.Start start() {
        NodeId node = random.pick(nodes);
        return switch (random.nextInt(4)) {
            case 0 -> new Step.At(time());
            case 1 -> new Step.WhenState(node, NodeState.NORMAL);
            case 2 -> new Step.WhenStreaming(node);
            default -> new Step.WhenReceived(node, random.nextDouble());
        };
    }

    private Step.Action action(RingSpec ring) {
        NodeId node = random.pick(nodes);
        Optional<Duration> lasting = random.chance(0.5) ? Optional.of(time()) : Optional.empty();
        return switch (random.nextInt(11)) {
            case 0 -> bootstrap(ring);
            case 1 -> new Operation.Decommission(node, random.chance(0.5));
            case 2 -> new Fault.Crash(node, lasting);
            case 3 -> new Fault.Heal();
            case 4 -> new Fault.Loss(links(), random.nextDouble(), lasting);
            case 5 -> new Fault.CorruptFile(node, 1 + random.nextInt(9));
            case 6 -> new Fault.SlowDisk(node, finite(), finite(), lasting);
            case 7 -> new Fault.DiskFull(node, lasting);
            case 10 ->
                new Operation.Remove(node, random.chance(0.5) ? Optional.of(random.pick(nodes)) : Optional.empty());
            case 8 -> nodes.size() < 2 ? new Fault.Heal() : new Fault.Partition(some(), lasting);
            default -> nodes.size() < 2 ? new Fault.Heal() : new Fault.Hold(some(), lasting);
        };
    }

    private Operation replace(RingSpec.Node dead) {
        if (random.chance(0.5)) {
            return new Operation.Replace(dead.node(), dead.node(), dead.location());
        }
        var id = new NodeId("joiner-" + ++named);
        nodes.add(id);
        return new Operation.Replace(id, dead.node(), dead.location());
    }

    private Operation bootstrap(RingSpec ring) {
        var id = new NodeId("joiner-" + ++named);
        RingSpec.Datacenter datacenter = random.pick(ring.datacenters());
        List<Token> own = random.chance(0.5) ? List.of() : tokens(ring.partitioner(), 1 + random.nextInt(3));
        nodes.add(id);
        return new Operation.Bootstrap(
                id,
                new Location(datacenter.name(), random.pick(datacenter.racks())),
                own.isEmpty() ? 1 + random.nextInt(8) : own.size(),
                own);
    }

    private Fault.Links links() {
        return nodes.size() < 2 || random.chance(0.3) ? Fault.Links.ALL : some();
    }

    private Fault.Links some() {
        int cut = 1 + random.nextInt(nodes.size() - 1);
        var shuffled = new ArrayList<>(nodes);
        random.shuffle(shuffled);
        return new Fault.Links(
                List.of(shuffled.subList(0, cut), shuffled.subList(cut, shuffled.size())), random.chance(0.5));
    }

    private List<Expectation> expectations() {
        NodeId node = random.pick(nodes);
        Optional<Duration> within = random.chance(0.5) ? Optional.of(time()) : Optional.empty();
        var bounds =
                new Expectation.Bounds(random.nextInt(9), random.chance(0.5) ? Long.MAX_VALUE : 9 + random.nextInt(9));
        var all = new ArrayList<Expectation>(List.of(
                new Expectation.Reaches(node, random.pick(List.of(NodeState.values())), within),
                new Expectation.ReplicasAgree(),
                new Expectation.ViewsAgree(within),
                new Expectation.BytesOut(node, bounds),
                new Expectation.BytesIn(node, bounds),
                new Expectation.Retries(bounds),
                new Expectation.Skew("k s", 1 + random.nextDouble()),
                new Expectation.NoAcknowledgedWriteLost()));
        random.shuffle(all);
        return all.subList(0, random.nextInt(all.size()));
    }

    private Duration time() {
        return Duration.ofNanos(1 + random.nextLong(1L << (1 + random.nextInt(50))));
    }

    private Rate rate() {
        return random.chance(0.1) ? Rate.UNLIMITED : finite();
    }

    private Rate finite() {
        return new Rate(1 + random.nextLong(1L << (1 + random.nextInt(40))));
    }
}
