package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Rings of one size under one loss, over several seeds: at rest, through changes and through a crash. */
@RealWorld("measures CPU time and memory")
final class GossipTrial {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MIB = 1 << 20;

    /**
     * What is done to a ring.
     *
     * @param loss the share of all messages that is lost once the ring has settled
     * @param settling how long the failure detectors learn before anything is measured; a multiple of 5 s
     * @param watching how long the ring at rest is measured; a multiple of 5 s
     * @param changes how many nodes change something, one after the other
     */
    record Plan(int nodes, int seeds, double loss, Duration settling, Duration watching, int changes) {
        /** How much work it is, roughly: a round of n nodes costs some n to the power of 1.5. */
        double work() {
            return seeds
                    * work(settling.plus(watching)
                            .plus(CHANGE.multipliedBy(changes))
                            .plus(CRASH));
        }

        private double work(Duration virtual) {
            return virtual.toMillis() / 1e3 * Math.pow(nodes, 1.5);
        }
    }

    /** How long the spread of a change and the conviction of a crashed node are taken to last. */
    private static final Duration CHANGE = Duration.ofSeconds(8);

    private static final Duration CRASH = Duration.ofSeconds(35);

    private final Plan plan;
    private final DoubleConsumer done;
    private final List<Double> spread = new ArrayList<>();
    private final List<Double> convicted = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private double heapMib;
    private long falsePositives;
    private long bytes;

    private GossipTrial(Plan plan, DoubleConsumer done) {
        this.plan = plan;
        this.done = done;
    }

    /**
     * Plays it.
     *
     * @param done is told how much of the plan's work was done since it was told last
     */
    static GossipTrial of(Plan plan, DoubleConsumer done) {
        var trial = new GossipTrial(plan, done);
        for (int seed = 1; seed <= plan.seeds(); seed++) {
            try (var ring = new GossipRing(plan.nodes(), seed)) {
                trial.measure(ring);
            }
        }
        return trial;
    }

    private void measure(GossipRing ring) {
        for (long window = 0; window < plan.settling().dividedBy(WINDOW); window++) {
            ring.run(WINDOW);
            did(WINDOW);
        }
        if (plan.loss() > 0) {
            ring.lose(plan.loss());
        }
        rest(ring);
        for (int i = 0; i < plan.changes(); i++) {
            spread.addAll(ring.change(plan.nodes() * i / (plan.changes() + 1), PATIENCE));
            did(CHANGE);
        }
        convicted.addAll(ring.crash(PATIENCE));
        did(CRASH);
    }

    private void did(Duration virtual) {
        done.accept(plan.work(virtual));
    }

    private void rest(GossipRing ring) {
        long bytesBefore = ring.bytesSent();
        long falseBefore = ring.falsePositives();
        for (long window = 0; window < plan.watching().dividedBy(WINDOW); window++) {
            var before = cpuTime();
            ring.run(WINDOW);
            cpu.add(cpuTime().minus(before).toNanos() / 1e9 / WINDOW.toSeconds());
            did(WINDOW);
        }
        bytes += ring.bytesSent() - bytesBefore;
        falsePositives += ring.falsePositives() - falseBefore;
        heapMib = Math.max(heapMib, heapMib());
    }

    /** Of the whole process: compiler and collector work for the simulation too. */
    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double heapMib() {
        System.gc();
        var memory = Runtime.getRuntime();
        return (memory.totalMemory() - memory.freeMemory()) / MIB;
    }

    private double nodeSeconds() {
        return (double) plan.seeds() * plan.nodes() * plan.watching().toSeconds();
    }

    /** After how many seconds others had heard of a change. */
    List<Double> spread() {
        return spread;
    }

    /** After how many seconds others convicted a crashed node. */
    List<Double> convicted() {
        return convicted;
    }

    double falsePositivesPerNodeAndHour() {
        return falsePositives / nodeSeconds() * 3_600;
    }

    double bytesPerNodeAndSecond() {
        return bytes / nodeSeconds();
    }

    /** CPU seconds per simulated second, at rest. */
    Figures cpu() {
        return Figures.of(cpu);
    }

    /** What the whole process keeps, at most. */
    double heap() {
        return heapMib;
    }
}
