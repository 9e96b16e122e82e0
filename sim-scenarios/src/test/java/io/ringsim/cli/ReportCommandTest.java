package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.report.RunFolder;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void keepARun() {
        var result = new RunResult(
                "quiet",
                7,
                Verdict.PASSED,
                "",
                Duration.ofSeconds(9),
                Duration.ofMillis(3),
                12,
                "abc",
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of());
        try (var folder = RunFolder.open(directory.resolve("out"), "quiet", 7, "")) {
            folder.finish(result);
        }
    }

    @Test
    void writesEveryFileItIsAskedFor() {
        assertThat(report("-o", file("x.html"), "-o", file("x.json"), "-o", file("x.csv"), "-o", file("x.xml")))
                .isZero();

        assertThat(Path.of(file("x.html"))).content().contains("Passed");
        assertThat(Path.of(file("x.json"))).content().contains("ringsim/run/1");
        assertThat(Path.of(file("x.csv"))).content().startsWith("id,node,operation,peers");
        assertThat(Path.of(file("x.xml"))).content().contains("<testsuite ");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void tellsTheRunWhenNoFileIsNamed() {
        assertThat(report()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("quiet, seed 7: passed", "Report " + directory.resolve("out/quiet/7/report.html"));
    }

    @Test
    void printsTheVerdictAsItIsStored() throws Exception {
        assertThat(report("--format", "json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(directory.resolve("out/quiet/7/verdict.json")));
    }

    @Test
    void refusesWhatItCannotDoAndWritesNothing() {
        assertThat(report("-o", file("x.html"), "-o", file("x.pdf"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("x.pdf", ".html, .json, .csv, .xml");
        assertThat(Path.of(file("x.html"))).doesNotExist();
        assertThat(command("report", file("nowhere"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nowhere: does not exist; name a run folder");
        assertThat(report("-o", file("no/such/directory/x.html"))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("choose another directory")
                .doesNotContain("\tat ");
    }

    private int report(String... options) {
        var args = new ArrayList<>(
                List.of("report", directory.resolve("out/latest").toString()));
        args.addAll(List.of(options));
        return command(args.toArray(new String[0]));
    }

    private int command(String... args) {
        var shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Terminal.NONE,
                () -> {
                    throw new AssertionError("nothing runs");
                });
        return Commands.execute(shell, args);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
