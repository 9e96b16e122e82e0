package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.bench.Bench;
import io.ringsim.bench.BenchResult;
import io.ringsim.bench.Figures;
import io.ringsim.bench.GossipBench;
import io.ringsim.bench.PlanBench;
import io.ringsim.bench.RuntimeBench;
import io.ringsim.bench.StorageBench;
import io.ringsim.input.BadInput;
import io.ringsim.input.Suggestion;
import io.ringsim.report.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a benchmark where the user is. */
@Command(
        name = "bench",
        description = "Measures RingSim here, each figure beside its peer or limit measured in the same run.",
        footer = {"", "Examples:", "  ringsim bench runtime", "  ringsim bench plan --format json"})
final class BenchCommand implements Callable<Integer> {
    private static final List<Bench> BENCHES =
            List.of(new RuntimeBench(), new PlanBench(), new StorageBench(), new GossipBench());

    private final Shell shell;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "runtime, plan, storage or gossip.")
    private String name = "";

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var names = BENCHES.stream().map(Bench::name).toList();
        var bench = BENCHES.stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> BadInput.in("NAME", "there is no benchmark " + name, Suggestion.remedy(name, names)));
        var results = bench.run(line -> shell.err().println(line + " ..."));
        switch (output.format()) {
            case TEXT -> shell.out().print(table(results));
            case CSV -> {
                shell.out().print(CsvText.line("case", "unit", "ours", "reference", "reference_name", "ratio"));
                results.forEach(result -> shell.out()
                        .print(CsvText.line(
                                result.name(),
                                result.unit(),
                                Double.toString(result.ours().median()),
                                Double.toString(result.reference().median()),
                                result.referenceName(),
                                Double.toString(result.ratio()))));
            }
            case JSON -> shell.out().print(JsonText.pretty(json -> whole(json, bench, results)));
            case NDJSON ->
                results.forEach(result -> shell.out().print(JsonText.compact(json -> one(json, result)) + "\n"));
        }
        return ExitCode.OK;
    }

    private static TextTable table(List<BenchResult> results) {
        var table = new TextTable("Case", ">Ours", ">Reference", ">Ratio", "Unit", "Reference is");
        results.forEach(result -> table.row(
                result.name(),
                figure(result.ours().median()),
                figure(result.reference().median()),
                String.format(Locale.ROOT, "%.2f", result.ratio()),
                result.unit(),
                result.referenceName()));
        return table;
    }

    private static String figure(double value) {
        return value >= 1_000 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
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
        json.writeNumberField("ours", result.ours().median());
        json.writeNumberField("reference", result.reference().median());
        json.writeStringField("referenceName", result.referenceName());
        json.writeNumberField("ratio", result.ratio());
        json.writeObjectFieldStart("runs");
        figures(json, "ours", result.ours());
        figures(json, "reference", result.reference());
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
