package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Suggestion;
import io.ringsim.report.JsonText;
import io.ringsim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scenarios that ship. */
@Command(
        name = "suite",
        description = "Lists, shows and copies the scenarios that ship.",
        synopsisSubcommandLabel = "list|show|copy",
        subcommands = {SuiteCommand.ListAll.class, SuiteCommand.Show.class, SuiteCommand.Copy.class},
        footer = {
            "",
            "Examples:",
            "  ringsim suite list",
            "  ringsim suite copy bootstrap mine.yaml && ringsim run mine.yaml"
        })
final class SuiteCommand {
    private static Source named(String name) {
        return Suites.source(name)
                .orElseThrow(() ->
                        BadInput.in("NAME", "there is no suite " + name, Suggestion.remedy(name, Suites.names())));
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists the scenarios that ship.",
            footer = {"", "Example:", "  ringsim suite list --format json"})
    static final class ListAll implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private OutputOptions output = new OutputOptions();

        ListAll(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            List<Scenario> all = Suites.names().stream()
                    .map(name -> ScenarioFiles.read(name, List.of(), new Problems(), shell))
                    .toList();
            switch (output.format()) {
                case TEXT -> {
                    var table = new TextTable("Suite", ">Nodes", "What it does");
                    all.forEach(suite -> table.row(
                            suite.name(), Integer.toString(suite.ring().nodes().size()), suite.description()));
                    shell.out().print(table);
                }
                case CSV -> {
                    shell.out().print(CsvText.line("name", "nodes", "description"));
                    all.forEach(suite -> shell.out()
                            .print(CsvText.line(
                                    suite.name(),
                                    Integer.toString(suite.ring().nodes().size()),
                                    suite.description())));
                }
                case JSON ->
                    shell.out().print(JsonText.pretty(json -> {
                        json.writeStartArray();
                        for (Scenario suite : all) {
                            body(suite).write(json);
                        }
                        json.writeEndArray();
                    }));
                case NDJSON -> all.forEach(suite -> shell.out().print(JsonText.compact(body(suite)) + "\n"));
            }
            return ExitCode.OK;
        }

        private static JsonText.Body body(Scenario suite) {
            return json -> {
                json.writeStartObject();
                json.writeStringField("name", suite.name());
                json.writeNumberField("nodes", suite.ring().nodes().size());
                json.writeStringField("description", suite.description());
                json.writeEndObject();
            };
        }
    }

    /** Prints one. */
    @Command(
            name = "show",
            description = "Prints a scenario that ships.",
            footer = {"", "Example:", "  ringsim suite show bootstrap"})
    static final class Show implements Callable<Integer> {
        private final Shell shell;

        @Parameters(paramLabel = "NAME", description = "Its name in suite list.")
        private String name = "";

        Show(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            shell.out().print(named(name).text());
            return ExitCode.OK;
        }
    }

    /** Writes one into a file. */
    @Command(
            name = "copy",
            description = "Copies a scenario that ships into a file.",
            footer = {"", "Example:", "  ringsim suite copy bootstrap mine.yaml"})
    static final class Copy implements Callable<Integer> {
        private final Shell shell;

        @Parameters(index = "0", paramLabel = "NAME", description = "Its name in suite list.")
        private String name = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "FILE",
                description = "Where to (default: NAME.yaml here).")
        private String file = "";

        @Option(names = "--force", description = "Replace the file if there is one.")
        private boolean force;

        Copy(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            Source suite = named(name);
            Path to = Path.of(file.isEmpty() ? name + ".yaml" : file);
            Outputs.write(to, suite.text(), force);
            shell.say("Wrote " + to + ".");
            return ExitCode.OK;
        }
    }
}
