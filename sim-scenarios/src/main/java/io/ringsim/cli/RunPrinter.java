package io.ringsim.cli;

import io.ringsim.report.JsonText;
import io.ringsim.report.RunJson;
import io.ringsim.report.Units;
import io.ringsim.scenario.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints what came of runs. */
final class RunPrinter {
    private static final int SEEDS_NAMED = 20;

    private final Shell shell;
    private final Format format;
    private final Function<RunResult, Path> folder;

    RunPrinter(Shell shell, Format format, Path out) {
        this(shell, format, result -> out.resolve(result.scenario()).resolve(Long.toString(result.seed())));
    }

    /** Prints runs that lie where {@code folder} says. */
    RunPrinter(Shell shell, Format format, Function<RunResult, Path> folder) {
        this.shell = shell;
        this.format = format;
        this.folder = folder;
    }

    void print(List<RunResult> results, boolean isSweep) {
        switch (format) {
            case TEXT -> {
                if (isSweep) {
                    results.stream()
                            .collect(Collectors.groupingBy(
                                    RunResult::scenario, java.util.LinkedHashMap::new, Collectors.toList()))
                            .forEach(this::sweep);
                } else {
                    results.forEach(this::text);
                }
            }
            case JSON -> {
                if (results.size() == 1) {
                    shell.out().print(RunJson.pretty(results.get(0)));
                } else {
                    shell.out().print(JsonText.pretty(json -> {
                        json.writeStartObject();
                        json.writeStringField("schema", "ringsim/runs/1");
                        json.writeArrayFieldStart("runs");
                        for (RunResult result : results) {
                            json.writeRawValue(RunJson.compact(result));
                        }
                        json.writeEndArray();
                        json.writeEndObject();
                    }));
                }
            }
            case NDJSON -> results.forEach(result -> shell.out().print(RunJson.compact(result) + "\n"));
            case CSV -> {
                shell.out()
                        .print(CsvText.line(
                                "scenario",
                                "seed",
                                "outcome",
                                "reason",
                                "virtual_time",
                                "wall_time",
                                "events",
                                "trace_hash"));
                results.forEach(result -> shell.out()
                        .print(CsvText.line(
                                result.scenario(),
                                Long.toString(result.seed()),
                                word(result.outcome()),
                                result.reason(),
                                result.virtualTime().toString(),
                                result.wallTime().toString(),
                                Long.toString(result.events()),
                                result.traceHash())));
            }
        }
        if (!isSweep && format != Format.TEXT) {
            results.forEach(result -> shell.say(last(result)));
        }
    }

    private void text(RunResult result) {
        var text = new StringBuilder();
        text.append(result.scenario())
                .append(", seed ")
                .append(result.seed())
                .append(": ")
                .append(word(result.outcome()));
        if (!result.reason().isEmpty()) {
            text.append(", ").append(result.reason());
        }
        text.append("\n\n");
        for (RunResult.OperationRun operation : result.operations()) {
            operation(operation, text);
        }
        var checks = new TextTable("Checked", "Held", "Detail");
        result.expectations()
                .forEach(expectation ->
                        checks.row(expectation.name(), expectation.passed() ? "yes" : "NO", expectation.detail()));
        result.invariants()
                .forEach(invariant -> checks.row(
                        invariant.name(),
                        invariant.violations().isEmpty() ? "yes" : "NO",
                        invariant.violations().isEmpty()
                                ? Units.count(invariant.checks()) + " checks"
                                : invariant.violations().get(0)));
        text.append(checks).append('\n');
        text.append("Virtual time ").append(Units.duration(result.virtualTime()));
        text.append(", wall time ").append(Units.duration(result.wallTime()));
        text.append(", ")
                .append(Units.count(result.events()))
                .append(" events, trace ")
                .append(result.traceHash());
        text.append("\nReport ")
                .append(folder.apply(result).resolve("report.html"))
                .append('\n');
        text.append(last(result)).append('\n');
        shell.out().print(text);
    }

    private static void operation(RunResult.OperationRun operation, StringBuilder text) {
        text.append(operation.operation())
                .append(' ')
                .append(operation.node())
                .append(' ')
                .append(word(operation.outcome()));
        text.append(", ")
                .append(Units.moment(operation.started()))
                .append(" to ")
                .append(Units.moment(operation.ended()));
        if (!operation.reason().isEmpty()) {
            text.append(": ").append(operation.reason());
        }
        text.append('\n');
        if (!operation.sessions().isEmpty()) {
            var table = new TextTable("  Peer", "State", ">Received", ">Files", ">Sent", ">Files", ">Retries");
            operation
                    .sessions()
                    .forEach(session -> table.row(
                            "  " + session.peer(),
                            session.state(),
                            Units.bytes(session.bytesReceived()),
                            Units.count(session.filesReceived()),
                            Units.bytes(session.bytesSent()),
                            Units.count(session.filesSent()),
                            Units.count(session.retries())));
            text.append(table);
        }
        text.append('\n');
    }

    private void sweep(String scenario, List<RunResult> results) {
        var text =
                new StringBuilder(scenario).append(": ").append(results.size()).append(" seeds");
        for (RunResult.Verdict verdict : RunResult.Verdict.values()) {
            List<RunResult> those = results.stream()
                    .filter(result -> result.outcome() == verdict)
                    .toList();
            if (!those.isEmpty()) {
                text.append(", ").append(those.size()).append(' ').append(word(verdict));
            }
        }
        text.append('\n');
        results.stream()
                .filter(result -> result.outcome() != RunResult.Verdict.PASSED)
                .limit(SEEDS_NAMED)
                .forEach(result -> text.append("  seed ")
                        .append(result.seed())
                        .append(": ")
                        .append(word(result.outcome()))
                        .append(", ")
                        .append(result.reason())
                        .append("\n    ")
                        .append(replay(result))
                        .append('\n'));
        shell.out().print(text);
    }

    private String last(RunResult result) {
        return "seed " + result.seed() + ": " + word(result.outcome())
                + (result.outcome() == RunResult.Verdict.PASSED ? "" : "; again with " + replay(result));
    }

    private String replay(RunResult result) {
        return "./ringsim run " + folder.apply(result).resolve("scenario.lock.yaml") + " --seed " + result.seed();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
