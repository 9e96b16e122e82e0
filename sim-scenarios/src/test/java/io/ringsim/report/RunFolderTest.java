package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringsim.scenario.RunListener.Progress;
import io.ringsim.scenario.RunResult.Verdict;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    private static final Progress SOME = new Progress(Duration.ZERO, 0, List.of());

    @TempDir
    Path out;

    @Test
    void leavesAllItsFilesAndPointsLatestToThem() throws IOException {
        var folder = write(Samples.grown(3, 1, 4, 7), "name: grow\n");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RunFolder.FILES);
        }
        assertThat(folder).isEqualTo(out.resolve("grow-while-a-peer-flaps").resolve("7"));
        assertThat(Files.isSameFile(out.resolve("latest"), folder)).isTrue();
        assertThat(Files.readSymbolicLink(out.resolve("latest"))).isRelative();
        assertThat(folder.resolve("scenario.lock.yaml")).hasContent("name: grow");
    }

    @Test
    void readsBackWhatItWrote() {
        for (long seed = 0; seed < 40; seed++) {
            var run = Samples.drawn(seed);

            var read = RunFolder.read(write(run, ""));

            assertThat(read.result()).isEqualTo(run.result());
            assertThat(read.before()).isEqualTo(run.before());
            assertThat(read.events()).isEqualTo(run.events());
            assertThat(read.between()).isEqualTo(run.between());
            assertThat(read.eventCount()).isEqualTo(run.eventCount());
            assertThat(HtmlReport.of(read, true)).isEqualTo(Read.file(out.resolve("latest/report.html")));
        }
    }

    @ParameterizedTest
    @MethodSource("io.ringsim.report.Samples#hostileNames")
    void readsBackHostileNames(String name) {
        var run = Samples.hostile(name.replace("\ud800", ""));

        var folder = write(run, "");

        assertThat(folder.toAbsolutePath().normalize()).startsWith(out.toAbsolutePath());
        assertThat(out.relativize(folder).getNameCount()).isEqualTo(2);
        assertThat(RunFolder.read(folder).result()).isEqualTo(run.result());
        assertThat(RunFolder.read(folder).events()).isEqualTo(run.events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "", ".", "..", "../..", "/", ".hidden", "a/b", "\u0000"})
    void keepsAnyNameInsideTheBase(String name) {
        try (var folder = RunFolder.open(out, name, 1, "")) {
            Path inside = out.relativize(folder.path());
            assertThat(inside.getNameCount()).isEqualTo(2);
            assertThat(inside.getName(0).toString()).isNotIn("latest", "", ".", "..");
            assertThat(folder.path()).isDirectory();
        }
    }

    @Test
    void isUndecidedFromTheStart() {
        var run = Samples.drawn(3);
        var killed = RunFolder.open(out, "killed", 3, "");
        killed.onStart(run.before());
        run.events().forEach(killed::onEvent);
        assertThat(killed.onProgress(SOME)).isTrue();

        var read = RunFolder.read(out.resolve("latest"));

        assertThat(read.result().outcome()).isEqualTo(Verdict.UNDECIDED);
        assertThat(read.result().reason()).contains("interrupted");
        assertThat(read.before()).isEqualTo(run.before());
        assertThat(read.events()).isEqualTo(run.events());
        killed.close();
    }

    @Test
    void forgivesHalfALineAtTheEndOfAKilledRun() throws IOException {
        var run = Samples.drawn(4);
        var folder = write(run, "");
        Path events = folder.resolve("events.ndjson");
        String all = Files.readString(events);
        for (int cut = 1; cut < 200; cut += 7) {
            Files.writeString(events, all.substring(0, all.length() - cut));

            assertThat(RunFolder.read(folder).before()).isEqualTo(run.before());
        }
    }

    @Test
    void saysUndecidedEverywhereWhenClosedWithoutAResult() {
        var run = Samples.drawn(5);
        Path folder;
        try (var interrupted = RunFolder.open(out, "interrupted", 5, "")) {
            interrupted.onStart(run.before());
            run.events().forEach(interrupted::onEvent);
            folder = interrupted.path();
        }

        assertThat(Read.file(folder.resolve("report.html")))
                .contains("Undecided")
                .contains("interrupted");
        assertThat(Read.file(folder.resolve("junit.xml"))).contains("<error ");
        assertThat(Read.file(folder.resolve("log.txt"))).contains("undecided");
        assertThat(RunFolder.read(folder).result().virtualTime())
                .isEqualTo(run.events().get(run.events().size() - 1).at());
    }

    @Test
    void replacesTheFilesOfAnEarlierRunOnly() throws IOException {
        var folder = write(Samples.drawn(6), "");
        Files.writeString(folder.resolve("notes.json"), "mine");
        try (var second = RunFolder.open(out, "grow-while-a-peer-flaps", 6, "")) {
            assertThat(folder.resolve("report.html")).doesNotExist();
            assertThat(folder.resolve("notes.json")).hasContent("mine");
            second.finish(Samples.drawn(6).result());
        }
        assertThat(folder.resolve("report.html")).exists();
    }

    @Test
    void pointsLatestToTheRunThatBeganLast() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            RunFolder.open(out, "many", seed, "").close();
            assertThat(RunFolder.read(out.resolve("latest")).result().seed()).isEqualTo(seed);
        }
        Files.delete(out.resolve("latest"));
        Files.writeString(out.resolve("latest"), "many/2\n");

        assertThat(RunFolder.read(out.resolve("latest")).result().seed()).isEqualTo(2);
    }

    @Test
    void namesTheCommandThatRunsItAgain() {
        assertThat(kept("out/grow/42", 42)).isEqualTo("./ringsim run out/grow/42/scenario.lock.yaml --seed 42");
        assertThat(kept("o'ut/a b", -1)).isEqualTo("./ringsim run 'o'\\''ut/a b/scenario.lock.yaml' --seed -1");
    }

    private static String kept(String folder, long seed) {
        var run = Samples.drawn(seed);
        return new StoredRun(run.result(), List.of(), List.of(), List.of(), 0, Path.of(folder)).replay();
    }

    @Test
    void saysWhichFileIsInTheWayOfADirectory() throws IOException {
        Path file = Files.writeString(out.resolve("file"), "");

        assertThatExceptionOfType(RunFolderException.class)
                .isThrownBy(() -> RunFolder.open(file, "run", 1, ""))
                .withMessageContaining(file + ": is a file")
                .withMessageContaining("choose another directory")
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(5));
    }

    @Test
    void refusesADirectoryNobodyCanWriteTo() {
        assertThatExceptionOfType(RunFolderException.class)
                .isThrownBy(() -> RunFolder.open(Path.of("/proc/ringsim"), "run", 1, ""))
                .withMessageContaining("/proc/ringsim")
                .withMessageContaining("choose another directory");
    }

    @Test
    void refusesALatestThatIsADirectory() throws IOException {
        Files.createDirectories(out.resolve("latest/mine"));

        assertThatExceptionOfType(RunFolderException.class)
                .isThrownBy(() -> RunFolder.open(out, "run", 1, ""))
                .withMessageContaining("latest");
    }

    @Test
    void saysWhatToDoAboutAFullOrForbiddenDisk() {
        var full = RunFolderException.of(out, new FileSystemException("x", null, "No space left on device"));
        var forbidden = RunFolderException.of(out, new AccessDeniedException("x"));

        assertThat(full).hasMessage(out + ": no space left on device; free some space or choose another directory");
        assertThat(forbidden).hasMessageContaining("permission denied; make it writable");
        assertThat(full.getStackTrace()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithWhatItReads() throws IOException {
        var folder = write(Samples.drawn(8), "");
        Path verdict = folder.resolve("verdict.json");
        String good = Files.readString(verdict);
        var damaged = new ArrayList<String>(
                List.of("", "null", "[]", "{}", "{\"schema\": 1}", "\u0000\u0001", "{".repeat(100_000), good + "{}"));
        damaged.add(good.substring(0, good.length() / 2));
        damaged.add(good.replace("ringsim/run/1", "ringsim/run/2"));
        damaged.add(good.replace("\"passed\"", "\"perhaps\""));
        damaged.add(good.replace("\"virtualTime\": \"PT", "\"virtualTime\": \"XX"));
        damaged.add(good.replace("\"seed\": 8", "\"seed\": 99999999999999999999"));
        for (String text : damaged) {
            Files.writeString(verdict, text);

            assertThatExceptionOfType(RunFolderException.class)
                    .isThrownBy(() -> RunFolder.read(folder))
                    .withMessageContaining("verdict.json")
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2));
        }
    }

    @Test
    void saysThatAPathIsNoRunFolder() {
        for (Path path : List.of(out, out.resolve("nowhere"))) {
            assertThatExceptionOfType(RunFolderException.class)
                    .isThrownBy(() -> RunFolder.read(path))
                    .withMessageContaining("name a run folder")
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2));
        }
    }

    private Path write(StoredRun run, String lock) {
        var result = run.result();
        try (var folder = RunFolder.open(out, result.scenario(), result.seed(), lock)) {
            folder.onStart(run.before());
            run.events().forEach(folder::onEvent);
            folder.finish(result);
            return folder.path();
        }
    }
}
