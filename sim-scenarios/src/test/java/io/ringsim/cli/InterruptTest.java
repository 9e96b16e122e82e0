package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringsim.report.RunFolder;
import io.ringsim.runtime.OtherJvm;
import io.ringsim.scenario.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, which somebody stops. */
@Timeout(120)
class InterruptTest {
    private static final String ENDLESS = """
            ringsim: 1
            name: endless
            ring: { datacenters: { dc1: { nodes: 6, num_tokens: 16 } } }
            keyspaces: { k: { replication: { class: SimpleStrategy, replication_factor: 3 },
              tables: { t: { data_per_node: 1500GiB, sstables: 500 } } } }
            timeline: [ { at: 1s, do: bootstrap, node: n7 } ]
            limits: { virtual: 9000h, events: 9000M }
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("endless.yaml"), ENDLESS);
    }

    @Test
    void ctrlCKeepsWhatTheRunReached() throws Exception {
        var process = start("--seed", "7");
        awaitEvents(process, "7");
        assumeThat(ignoresSigint(process))
                .as("who started the tests ignores SIGINT")
                .isFalse();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertInterrupted(process, "7");
    }

    @Test
    void aRequestToTerminateDoesTheSame() throws Exception {
        var process = start("--seed", "8");
        awaitEvents(process, "8");

        process.destroy();

        assertInterrupted(process, "8");
    }

    @Test
    void aSweepStartsNoMoreSeedsAndKeepsThoseUnderWay() throws Exception {
        var process = start("--seeds", "1..500", "--jobs", "2");
        var started = folder.resolve("err");
        awaitText(process, started, "seeds 1..500");
        TimeUnit.SECONDS.sleep(1);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(started)).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("stdout"))).contains("endless: 2 seeds, 2 undecided");
        assertThat(RunFolder.read(folder.resolve("out/endless/1")).result().reason())
                .isEqualTo("interrupted");
    }

    private void assertInterrupted(Process process, String seed) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isEqualTo(130);
        assertThat(Files.readString(folder.resolve("stdout"))).contains("undecided, interrupted");
        var stored = RunFolder.read(folder.resolve("out/endless").resolve(seed));
        assertThat(stored.result().outcome()).isEqualTo(RunResult.Verdict.UNDECIDED);
        assertThat(stored.result().reason()).isEqualTo("interrupted");
        assertThat(stored.result().virtualTime()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(stored.result().traceHash()).isNotEmpty();
        assertThat(stored.events()).isNotEmpty();
        assertThat(folder.resolve("out/latest/report.html")).isNotEmptyFile();
    }

    private Process start(String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                OtherJvm.thisJavaHome().resolve("bin").resolve("java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                OtherJvm.classPath(),
                Main.class.getName(),
                "run",
                "endless.yaml",
                "--out",
                "out"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void awaitEvents(Process process, String seed) throws Exception {
        awaitText(process, folder.resolve("out/endless").resolve(seed).resolve("log.txt"), "bootstrap");
    }

    private static void awaitText(Process process, Path file, String text) throws Exception {
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            assertThat(process.isAlive()).as("%s has %s", file, text).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** A process started in the background by a shell without job control. */
    private static boolean ignoresSigint(Process process) throws IOException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (var lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 2) != 0);
        }
    }
}
