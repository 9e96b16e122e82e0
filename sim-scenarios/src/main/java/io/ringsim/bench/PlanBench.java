package io.ringsim.bench;

import io.ringsim.data.TableId;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.RealWorld;
import io.ringsim.runtime.SimulationSettings;
import io.ringsim.sim.RingDesign;
import io.ringsim.sim.RingSettings;
import io.ringsim.sim.SimulatedRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** How long it takes to plan, and to simulate chunk by chunk, a bootstrap into a ring of 1,000 nodes. */
public final class PlanBench implements Bench {
    private static final int NODES = 1_000;
    private static final double PLAN_AIM_SECONDS = 2;
    private static final double BOOTSTRAP_AIM_SECONDS = 30;
    private static final int PLAN_ROUNDS = 5;
    private static final int BOOTSTRAP_ROUNDS = 3;
    private static final long BYTES_PER_NODE = 1L << 40;
    private static final int SSTABLES = 60;
    private static final NodeId JOINER = new NodeId("joiner");
    private static final Location PLACE = new Location("dc1", "r1");

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String description() {
        return "planning and simulating a bootstrap into 1,000 nodes, against the aims in seconds";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        progress.accept("planning a bootstrap into 1,000 nodes of 256 tokens, RF 3");
        var planned = new ArrayList<Double>();
        for (int round = 0; round < PLAN_ROUNDS; round++) {
            planned.add(seconds(() -> plan(256)));
        }
        progress.accept("simulating a bootstrap into 1,000 nodes of 16 tokens with 1 TiB each");
        var simulated = new ArrayList<Double>();
        for (int round = 0; round < BOOTSTRAP_ROUNDS; round++) {
            simulated.add(seconds(PlanBench::bootstrap));
        }
        return List.of(
                result("plan-1000x256", planned, PLAN_AIM_SECONDS),
                result("bootstrap-1000x16", simulated, BOOTSTRAP_AIM_SECONDS));
    }

    private static BenchResult result(String name, List<Double> measured, double aim) {
        return new BenchResult(name, "s", Figures.of(measured), Figures.exactly(aim), "aim", false);
    }

    @RealWorld("measures wall time")
    private static double seconds(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    /** From the bare list of nodes and tokens to every transfer: the ring is built anew each time. */
    private static void plan(int tokensPerNode) {
        var design = design(tokensPerNode, 0);
        var movement = RangeMovement.bootstrap(
                RingView.of(design.ring()),
                design.keyspaces(),
                JOINER,
                PLACE,
                joinerTokens(design, tokensPerNode),
                SourceChoice.strict(Proximity.BY_LOCATION));
        if (!(movement instanceof RangeMovement plan) || plan.transfers().size() < tokensPerNode) {
            throw new IllegalStateException("not planned: " + movement);
        }
    }

    private static void bootstrap() {
        var design = design(16, BYTES_PER_NODE);
        try (var ring = SimulatedRing.start(
                design, RingSettings.defaults(), SimulationSettings.defaults().seed(42))) {
            var joining = ring.add(JOINER, PLACE, joinerTokens(design, 16)).bootstrap();
            if (!ring.runUntil(joining::isDone, Duration.ofDays(30)) || !joining.isCompleted()) {
                throw new IllegalStateException("not bootstrapped: " + joining.outcome());
            }
        }
    }

    private static RingDesign design(int tokensPerNode, long bytesPerNode) {
        var randomness = Randomness.of(42);
        var taken = new TreeSet<Token>();
        var members = new ArrayList<RingDesign.Member>();
        var bytes = new TreeMap<NodeId, Long>();
        for (int i = 1; i <= NODES; i++) {
            var node = new NodeId("n" + i);
            var tokens = RingDesign.drawTokens(Partitioner.MURMUR3, randomness, node, tokensPerNode, taken);
            members.add(new RingDesign.Member(node, new Location("dc1", "r" + (i % 3 + 1)), tokens));
            bytes.put(node, bytesPerNode);
        }
        var options = new TreeMap<String, String>();
        options.put("replication_factor", "3");
        var tables = bytesPerNode == 0
                ? List.<RingDesign.Table>of()
                : List.of(new RingDesign.Table(new TableId("ks", "t"), bytes, SSTABLES));
        return new RingDesign(
                Partitioner.MURMUR3,
                members,
                List.of(new Keyspace("ks", ReplicationStrategy.of("SimpleStrategy", options))),
                tables);
    }

    private static List<Token> joinerTokens(RingDesign design, int count) {
        var taken = new TreeSet<Token>();
        design.members().forEach(member -> taken.addAll(member.tokens()));
        return RingDesign.drawTokens(Partitioner.MURMUR3, Randomness.of(42), JOINER, count, taken);
    }
}
