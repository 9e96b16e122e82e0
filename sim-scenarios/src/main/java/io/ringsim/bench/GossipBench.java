package io.ringsim.bench;

import static io.ringsim.bench.BenchResult.alone;
import static io.ringsim.bench.Figures.exactly;

import io.ringsim.report.Chart;
import io.ringsim.report.Chart.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Cassandra's gossip does and what playing it costs: how long one change takes to reach everybody, how long until a
 * crash is noticed, how often the living are taken for dead when messages are lost, bytes, processor time and memory.
 * Only processor time and memory have an aim; how gossip behaves is no better or worse, and stands alone.
 */
public final class GossipBench implements Bench {
    private static final List<String> PERCENTILES = List.of("p50", "p99", "max");
    private static final List<Integer> LOSSES = List.of(0, 5, 20, 40);
    private static final int LOSING_NODES = 100;

    /** A ring's size. An aim of 0 is none; without one for the processor what it costs is too little to be measured. */
    private record Size(String name, String inWords, GossipTrial.Plan plan, double cpuAim, double heapAimMib) {}

    private static final List<Size> SMALL = List.of(
            new Size("10", "10", plan(10, 20, 30, 60, 9), 0, 0),
            new Size("100", "100", plan(100, 5, 30, 60, 10), 0, 0),
            new Size("1k", "1,000", plan(1_000, 2, 30, 30, 5), 0.1, 0));
    private static final Size LARGE = new Size("10k", "10,000", plan(10_000, 1, 20, 15, 1), 2, 4_096);

    private final List<Size> sizes;

    /** Up to 1,000 nodes. */
    public GossipBench() {
        this(SMALL);
    }

    private GossipBench(List<Size> sizes) {
        this.sizes = List.copyOf(sizes);
    }

    private static GossipTrial.Plan plan(int nodes, int seeds, int settlingSeconds, int watchedSeconds, int changes) {
        return new GossipTrial.Plan(
                nodes, seeds, 0, Duration.ofSeconds(settlingSeconds), Duration.ofSeconds(watchedSeconds), changes);
    }

    @Override
    public String name() {
        return "gossip";
    }

    @Override
    public String description() {
        return "gossip of up to 1,000 nodes: spreading, detection, loss, bytes; CPU against the aim";
    }

    @Override
    public Optional<Bench> full() {
        var all = new ArrayList<>(SMALL);
        all.add(LARGE);
        return Optional.of(new GossipBench(all));
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var losing = LOSSES.stream().map(GossipBench::losing).toList();
        var remaining = new TimeLeft(
                sizes.stream().mapToDouble(size -> size.plan().work()).sum()
                        + losing.stream().mapToDouble(GossipTrial.Plan::work).sum(),
                progress);
        var results = new ArrayList<BenchResult>();
        for (var size : sizes) {
            progress.accept(
                    size.inWords() + " nodes: " + seeds(size.plan()) + ", at rest, through changes and a crash");
            results.addAll(whole(size, remaining));
        }
        for (var plan : losing) {
            var percent = Math.round(100 * plan.loss());
            progress.accept(LOSING_NODES + " nodes that lose " + percent + " % of all messages: " + seeds(plan));
            results.addAll(behaviour("loss-" + percent, GossipTrial.of(plan, remaining::did)));
        }
        return results;
    }

    private static GossipTrial.Plan losing(int percent) {
        return new GossipTrial.Plan(LOSING_NODES, 3, percent / 100.0, Duration.ofSeconds(30), Duration.ofMinutes(5), 5);
    }

    private static String seeds(GossipTrial.Plan plan) {
        return plan.seeds() == 1 ? "one seed" : plan.seeds() + " seeds";
    }

    private static List<BenchResult> whole(Size size, TimeLeft remaining) {
        var trial = GossipTrial.of(size.plan(), remaining::did);
        var results = new ArrayList<BenchResult>();
        if (size.cpuAim() > 0) {
            results.add(cost("full-" + size.name(), "CPU s/simulated s", trial.cpu(), size.cpuAim()));
            results.add(cost("heap-" + size.name(), "MiB", exactly(trial.heap()), size.heapAimMib()));
        }
        results.addAll(behaviour("nodes-" + size.name(), trial));
        return results;
    }

    private static BenchResult cost(String name, String unit, Figures ours, double aim) {
        return aim == 0 ? alone(name, unit, ours) : new BenchResult(name, unit, ours, exactly(aim), "aim", false);
    }

    private static List<BenchResult> behaviour(String name, GossipTrial trial) {
        var results = new ArrayList<BenchResult>();
        for (var percentile : PERCENTILES) {
            results.add(alone(name + "/spread-" + percentile, "s", exactly(at(trial.spread(), percentile))));
        }
        for (var percentile : PERCENTILES) {
            double rounds = Math.ceil(at(trial.spread(), percentile));
            results.add(alone(name + "/spread-rounds-" + percentile, "rounds of 1 s", exactly(rounds)));
        }
        for (var percentile : PERCENTILES) {
            results.add(alone(name + "/detected-" + percentile, "s", exactly(at(trial.convicted(), percentile))));
        }
        results.add(
                alone(name + "/false-positives", "per node and hour", exactly(trial.falsePositivesPerNodeAndHour())));
        results.add(alone(name + "/bytes", "per node and second", exactly(trial.bytesPerNodeAndSecond())));
        return results;
    }

    private static double at(List<Double> values, String percentile) {
        var sorted = values.stream().sorted().toList();
        double share = switch (percentile) {
            case "p50" -> 0.5;
            case "p99" -> 0.99;
            default -> 1;
        };
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    @Override
    public List<Chart> charts(List<BenchResult> results) {
        var rings = sizes.stream().map(size -> "nodes-" + size.name()).toList();
        var ringsInWords = sizes.stream().map(Size::inWords).toList();
        var losses = LOSSES.stream().map(percent -> "loss-" + percent).toList();
        var lossesInWords = LOSSES.stream().map(percent -> percent + " %").toList();
        return List.of(
                chart("One change reaches the others", "nodes", ringsInWords, lines("spread", rings, results)),
                chart("A crash is detected", "nodes", ringsInWords, lines("detected", rings, results)),
                chart(
                        "One change reaches the others of 100",
                        "messages lost",
                        lossesInWords,
                        lines("spread", losses, results)),
                chart(
                        "A crash among 100 is detected",
                        "messages lost",
                        lossesInWords,
                        lines("detected", losses, results)),
                new Chart(
                        "The living among 100 are taken for dead",
                        "messages lost",
                        "times per node and hour",
                        lossesInWords,
                        List.of(line("false positives", "false-positives", losses, results))),
                new Chart(
                        "Traffic",
                        "nodes",
                        "bytes per node and second",
                        ringsInWords,
                        List.of(line("sent", "bytes", rings, results))));
    }

    private static Chart chart(String title, String across, List<String> places, List<Line> lines) {
        return new Chart(title, across, "virtual seconds", places, lines);
    }

    private static List<Line> lines(String what, List<String> cases, List<BenchResult> results) {
        return PERCENTILES.stream()
                .map(percentile -> line(percentile, what + "-" + percentile, cases, results))
                .toList();
    }

    private static Line line(String name, String what, List<String> cases, List<BenchResult> results) {
        return new Line(
                name,
                cases.stream()
                        .map(whose -> results.stream()
                                .filter(result -> result.name().equals(whose + "/" + what))
                                .mapToDouble(result -> result.ours().median())
                                .findFirst()
                                .orElse(Double.NaN))
                        .toList());
    }
}
