package io.ringsim.cli;

import io.ringsim.report.Report;
import io.ringsim.report.RunFolder;
import io.ringsim.report.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells of a run that was stored. */
@Command(
        name = "report",
        description = "Tells of a stored run, here or in a file.",
        footer = {
            "",
            "The file's extension says what is written: html for people, json for the verdict, csv for the stream sessions,",
            "xml for what reads JUnit's reports.",
            "",
            "Examples:",
            "  ringsim report out/latest",
            "  ringsim report out/bootstrap/42 -o bootstrap.html -o junit.xml",
            "  ringsim report out/latest --format csv"
        })
final class ReportCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "A run folder, such as out/latest.")
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes x.html, x.json, x.csv or x.xml; may be given several times.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ReportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Path> targets = files.stream()
                .map(file -> Arguments.read("--output", file, Path::of))
                .toList();
        targets.forEach(Report::checkFormat);
        StoredRun stored = RunFolder.read(Arguments.read("RUN", run, Path::of));
        for (Path target : targets) {
            Report.write(stored, target);
            shell.say("Wrote " + target + ".");
        }
        if (files.isEmpty()) {
            print(stored);
        }
        return ExitCode.OK;
    }

    private void print(StoredRun stored) {
        if (output.format() == Format.CSV) {
            shell.out().print(Report.render(stored, "csv"));
        } else {
            new RunPrinter(shell, output.format(), any -> stored.folder()).print(List.of(stored.result()), false);
        }
    }
}
