package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What Cassandra's gossip does and what playing it costs: how long one change takes to reach everybody, how long until a
 * crash is noticed, how often the living are taken for dead when messages are lost, bytes, processor time and memory.
 */
public final class GossipBench implements Bench {
    /** Set to true to measure 10,000 nodes in full; takes minutes and 4 GiB of heap. */
    private static final boolean FULL = Boolean.getBoolean("ringsim.bench.full");

    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STUDY = "an array prototype of the same protocol, one seed";
    private static final double MIB = 1 << 20;

    /** What the prototype measured, by the size of the ring; and the aims set for us. */
    private record Size(
            int nodes,
            String name,
            int measuredSeconds,
            double cpuAim,
            double heapAimMib,
            double spreadP50,
            double spreadMax,
            double bytes,
            double convicted) {}

    private static final Size HUNDRED = new Size(100, "100", 60, 0.01, 512, 3.2, 5.5, 3_200, 25);
    private static final Size THOUSAND = new Size(1_000, "1k", 30, 0.1, 1_024, 4.2, 7.3, 31_600, 29);
    private static final Size TEN_THOUSAND = new Size(10_000, "10k", 5, 2, 4_096, 6.0, 8.6, 314_000, 25);

    @Override
    public String name() {
        return "gossip";
    }

    @Override
    public String description() {
        return "gossip of 100, 1,000 and 10,000 nodes: spreading, detection, loss, bytes, CPU, against aims and a prototype";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var results = new ArrayList<BenchResult>();
        for (var size : List.of(HUNDRED, THOUSAND, TEN_THOUSAND)) {
            progress.accept(size.nodes() + " nodes gossip");
            results.addAll(whole(size));
        }
        for (int percent : new int[] {0, 5, 20, 40}) {
            progress.accept("100 nodes lose " + percent + " % of all messages");
            results.addAll(underLoss(percent));
        }
        return results;
    }

    private static List<BenchResult> whole(Size size) {
        var results = new ArrayList<BenchResult>();
        boolean isQuick = size.nodes() >= 10_000 && !FULL;
        try (var ring = new GossipRing(size.nodes(), 42)) {
            ring.run(isQuick ? Duration.ofSeconds(5) : SETTLING);
            var cpu = new ArrayList<Double>();
            long bytesBefore = ring.bytesSent();
            for (int second = 0; second < size.measuredSeconds(); second++) {
                cpu.add(cpuSeconds(() -> ring.run(Duration.ofSeconds(1))));
            }
            double bytes = (double) (ring.bytesSent() - bytesBefore) / size.measuredSeconds() / size.nodes();
            results.add(new BenchResult(
                    "full-" + size.name(),
                    "CPU s/simulated s",
                    Figures.of(cpu),
                    Figures.exactly(size.cpuAim()),
                    "aim",
                    false));
            results.add(new BenchResult(
                    "heap-" + size.name(),
                    "MiB",
                    exactly(heapMib()),
                    Figures.exactly(size.heapAimMib()),
                    "aim",
                    false));
            results.add(against("bytes-" + size.name(), "bytes/node/s", exactly(bytes), size.bytes()));
            var spread = ring.change(size.nodes() / 2, PATIENCE);
            results.add(against("spread-" + size.name() + "/p50", "s", at(spread, 0.5), size.spreadP50()));
            results.add(against("spread-" + size.name() + "/p99", "s", at(spread, 0.99), size.spreadMax()));
            results.add(against("spread-" + size.name() + "/max", "s", at(spread, 1), size.spreadMax()));
            if (!isQuick) {
                var convicted = ring.crash(size.nodes() / 3, PATIENCE);
                results.add(against("convicted-" + size.name() + "/p50", "s", at(convicted, 0.5), size.convicted()));
                results.add(against("convicted-" + size.name() + "/max", "s", at(convicted, 1), size.convicted()));
                results.add(falseAlarms("false-alarms-" + size.name(), ring));
            }
        }
        return results;
    }

    private static List<BenchResult> underLoss(int percent) {
        try (var ring = new GossipRing(100, 42)) {
            ring.run(SETTLING);
            ring.lose(percent / 100.0);
            ring.run(Duration.ofMinutes(2));
            var falseAlarms = falseAlarms("loss-" + percent + "/false-alarms", ring);
            var spread = ring.change(50, PATIENCE);
            var convicted = ring.crash(33, PATIENCE);
            return List.of(
                    falseAlarms,
                    against("loss-" + percent + "/spread-max", "s", at(spread, 1), HUNDRED.spreadMax()),
                    against("loss-" + percent + "/convicted-p50", "s", at(convicted, 0.5), HUNDRED.convicted()),
                    against("loss-" + percent + "/convicted-max", "s", at(convicted, 1), HUNDRED.convicted()));
        }
    }

    private static BenchResult falseAlarms(String name, GossipRing ring) {
        return new BenchResult(
                name,
                "convictions",
                exactly((double) ring.falseAlarms()),
                Figures.exactly(0),
                "none would be best",
                false);
    }

    private static BenchResult against(String name, String unit, Figures ours, double theirs) {
        return new BenchResult(name, unit, ours, Figures.exactly(theirs), STUDY, false);
    }

    private static Figures at(List<Double> sorted, double share) {
        return exactly(sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * share))));
    }

    private static Figures exactly(double value) {
        return Figures.exactly(value);
    }

    @RealWorld("measures CPU time")
    private static double cpuSeconds(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    }

    @RealWorld("measures memory")
    private static double heapMib() {
        System.gc();
        var memory = Runtime.getRuntime();
        return (memory.totalMemory() - memory.freeMemory()) / MIB;
    }
}
