package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.bench.Bench;
import io.ringsim.bench.BenchResult;
import io.ringsim.bench.Figures;
import io.ringsim.bench.GossipBench;
import io.ringsim.bench.MembershipBench;
import io.ringsim.bench.PlanBench;
import io.ringsim.bench.RuntimeBench;
import io.ringsim.bench.SlowReceiverBench;
import io.ringsim.bench.StorageBench;
import io.ringsim.bench.StreamingBench;
import io.ringsim.input.BadInput;
import io.ringsim.input.Suggestion;
import io.ringsim.report.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a benchmark where the user is. */
@Command(
        name = "bench",
        description = "Measures RingSim here; what has a peer, a limit or an aim stands beside it.",
        footer = {
            "",
            "A peer or limit is measured in the same run. Rings of 10,000 nodes are part of gossip --full only:",
            "some 4 minutes more, and 2 GiB of heap. RocksDB and ScaleCube, the peers of storage and membership,",
            "are no part of the jar; ./ringsim gets them with Maven. The best of several rounds stands for what",
            "writes files, the middle one for the rest; JSON has the worst, the middle and the best of each.",
            "",
            "Examples:",
            "  ringsim bench runtime",
            "  ringsim bench plan --format json",
            "  ringsim bench gossip -o gossip.html",
            "  ringsim bench membership",
            "  ringsim bench streaming --slow-receiver -o slow.html"
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<Bench> BENCHES = List.of(
            new RuntimeBench(),
            new PlanBench(),
            new StorageBench(),
            new StreamingBench(),
            new GossipBench(),
            new MembershipBench());

    private final Shell shell;

    @Option(
            names = "--full",
            description = "Also measures what takes many minutes or much memory: gossip of 10,000 nodes.")
    private boolean full;

    @Option(
            names = "--slow-receiver",
            description =
                    "Instead of the speed of streaming, measures what a receiver with a slow disk costs its sender:"
                            + " some 3 minutes, and 5 GiB of disk.")
    private boolean slowReceiver;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Also writes x.html: a table of all figures, and charts of gossip and of a slow receiver.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "runtime, plan, storage, streaming, gossip or membership.")
    private String name = "";

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var targets = files.stream().map(BenchCommand::page).toList();
        var bench = bench();
        var results = bench.run(line -> shell.err().println(line + " ..."));
        print(bench, results);
        for (var target : targets) {
            BenchTable.page(bench, results).write(target);
            shell.say("Wrote " + target + ".");
        }
        return ExitCode.OK;
    }

    private static Path page(String file) {
        if (!file.toLowerCase(Locale.ROOT).endsWith(".html")) {
            throw BadInput.in("--output", "no report of a benchmark has the extension of " + file, "use .html");
        }
        return Arguments.read("--output", file, Path::of);
    }

    private Bench bench() {
        var names = BENCHES.stream().map(Bench::name).toList();
        var bench = BENCHES.stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> BadInput.in("NAME", "there is no benchmark " + name, Suggestion.remedy(name, names)));
        if (slowReceiver) {
            return slowReceiver(bench);
        }
        return full
                ? bench.full()
                        .orElseThrow(() -> BadInput.in("--full", name + " has no more to measure", "leave it out"))
                : bench;
    }

    private Bench slowReceiver(Bench bench) {
        if (full || !(bench instanceof StreamingBench)) {
            throw BadInput.in("--slow-receiver", "it is a benchmark of streaming, and all of it", "give nothing else");
        }
        return new SlowReceiverBench();
    }

    private void print(Bench bench, List<BenchResult> results) {
        switch (output.format()) {
            case TEXT -> shell.out().print(BenchTable.text(results));
            case CSV -> shell.out().print(BenchTable.csv(results));
            case JSON -> shell.out().print(JsonText.pretty(json -> whole(json, bench, results)));
            case NDJSON ->
                results.forEach(result -> shell.out().print(JsonText.compact(json -> one(json, result)) + "\n"));
        }
    }

    private static void whole(JsonGenerator json, Bench bench, List<BenchResult> results) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "ringsim/bench/1");
        json.writeStringField("name", bench.name());
        json.writeObjectFieldStart("machine");
        json.writeNumberField("cores", Runtime.getRuntime().availableProcessors());
        json.writeNumberField("heapBytes", Runtime.getRuntime().maxMemory());
        json.writeStringField("java", System.getProperty("java.version", "unknown"));
        json.writeStringField("os", System.getProperty("os.name", "unknown"));
        json.writeEndObject();
        json.writeArrayFieldStart("results");
        for (var result : results) {
            one(json, result);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void one(JsonGenerator json, BenchResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("case", result.name());
        json.writeStringField("unit", result.unit());
        json.writeNumberField("ours", result.our());
        if (result.isCompared()) {
            json.writeNumberField("reference", result.their());
            json.writeStringField("referenceName", result.referenceName());
            json.writeNumberField("ratio", result.ratio());
        }
        json.writeObjectFieldStart("runs");
        figures(json, "ours", result.ours());
        if (result.isCompared()) {
            figures(json, "reference", result.reference());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, String whose, Figures figures) throws IOException {
        json.writeArrayFieldStart(whose);
        json.writeNumber(figures.min());
        json.writeNumber(figures.median());
        json.writeNumber(figures.max());
        json.writeEndArray();
    }
}
