package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.report.JsonText;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks scenario files. */
@Command(
        name = "validate",
        description = "Checks scenario files and tells every error at once; runs nothing.",
        footer = {
            "",
            "Examples:",
            "  ringsim validate scenario.yaml",
            "  ringsim validate --schema > ringsim-scenario-1.schema.json"
        })
final class ValidateCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Scenario files.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--schema", description = "Print the JSON Schema of scenario files, for editors.")
    private boolean schema;

    @Mixin
    private OutputOptions output = new OutputOptions();

    ValidateCommand(Shell shell) {
        this.shell = shell;
    }

    private record Checked(String file, Optional<Scenario> scenario, List<Problem> errors, List<Problem> warnings) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("schema", "ringsim/validate/1");
            json.writeStringField("file", file);
            json.writeBooleanField("valid", scenario.isPresent());
            write("errors", errors, json);
            write("warnings", warnings, json);
            json.writeEndObject();
        }

        private static void write(String name, List<Problem> problems, JsonGenerator json) throws IOException {
            json.writeArrayFieldStart(name);
            for (Problem problem : problems) {
                json.writeStartObject();
                json.writeStringField("file", problem.file());
                json.writeNumberField("line", problem.line());
                json.writeNumberField("column", problem.column());
                json.writeStringField("what", problem.what());
                json.writeStringField("remedy", problem.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    @Override
    public Integer call() {
        if (schema) {
            shell.out().print(ScenarioSchema.text());
            return ExitCode.OK;
        }
        if (files.isEmpty()) {
            throw BadInput.in("--schema", "no file is given", "name scenario files, or write --schema");
        }
        var checked = files.stream().map(this::check).toList();
        checked.forEach(this::tell);
        if (output.format() == Format.JSON) {
            shell.out().print(JsonText.pretty(json -> {
                json.writeStartArray();
                for (Checked file : checked) {
                    file.write(json);
                }
                json.writeEndArray();
            }));
        }
        return checked.stream().allMatch(file -> file.scenario().isPresent()) ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private Checked check(String file) {
        var problems = new Problems();
        try {
            Scenario scenario = ScenarioFiles.read(file, List.of(), problems, shell);
            return new Checked(file, Optional.of(scenario), List.of(), problems.warnings());
        } catch (BadInput bad) {
            return new Checked(file, Optional.empty(), bad.problems(), problems.warnings());
        }
    }

    private void tell(Checked checked) {
        if (output.format() != Format.TEXT) {
            if (output.format() == Format.NDJSON) {
                shell.out().print(JsonText.compact(checked::write) + "\n");
            } else if (output.format() == Format.CSV) {
                checked.errors().forEach(error -> shell.out().print(csv(error)));
            }
            return;
        }
        shell.warn(checked.warnings());
        checked.errors().forEach(error -> shell.say(error.toString()));
        checked.scenario()
                .ifPresent(scenario -> shell.out()
                        .print(checked.file() + ": " + scenario.name() + ", "
                                + scenario.ring().nodes().size() + " nodes, "
                                + scenario.timeline().size() + " steps, "
                                + scenario.expect().size() + " expectations\n"));
        if (checked.scenario().isEmpty()) {
            int count = checked.errors().size();
            shell.say(checked.file() + ": " + count + " error" + (count == 1 ? "" : "s"));
        }
    }

    private static String csv(Problem error) {
        return CsvText.line(
                error.file(),
                Integer.toString(error.line()),
                Integer.toString(error.column()),
                error.what(),
                error.remedy());
    }
}
