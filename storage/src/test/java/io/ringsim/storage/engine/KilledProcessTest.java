package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.table.ReadTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes and is killed at any moment, again and again on one directory: what it said was acknowledged is
 * there. {@code -Dringsim.kills=50} kills it so often.
 */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("ringsim.kills", 10);
    private static final int MOST_ACKNOWLEDGED = 600;
    private static final long RUN = 1_000_000;

    @TempDir
    private Path directory;

    /** What became of one process: the highest number it may have used, and what it acknowledged. */
    private record Life(int threads, TreeSet<Long> acknowledged) {}

    @Test
    void losesNothingAcknowledgedHoweverOftenItIsKilled() throws Exception {
        var random = Randomness.of(42);
        var lives = new TreeMap<Long, Life>();
        for (int kill = 1; kill <= KILLS; kill++) {
            long first = kill * RUN;
            lives.put(first, live(first, 2 + random.nextInt(3), random.nextInt(MOST_ACKNOWLEDGED)));

            try (var opened = open()) {
                check(opened.engine(), lives);
            }
        }

        assertThat(lives.values().stream()
                        .mapToInt(life -> life.acknowledged().size())
                        .sum())
                .isGreaterThan(KILLS * 10);
    }

    private RealWorldEngine open() throws IOException {
        return new RealWorldEngine(RealDisk.at(directory), List.of(KilledWriter.TABLE), KilledWriter.SETTINGS);
    }

    private Process start(long first, int threads) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        Integer.toString(threads),
                        Long.toString(first))
                .redirectErrorStream(true)
                .start();
    }

    /** Starts a process and kills it when it has acknowledged so many writes. */
    private Life live(long first, int threads, int acknowledgements) throws Exception {
        var process = start(first, threads);
        var acknowledged = new TreeSet<Long>();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.matches("\\d+")) {
                    assertThat(process.isAlive()).as(line + "\n" + rest(output)).isTrue();
                    continue;
                }
                acknowledged.add(Long.parseLong(line));
                if (acknowledged.size() > acknowledgements) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
        return new Life(threads, acknowledged);
    }

    private static String rest(BufferedReader output) {
        return String.join("\n", output.lines().limit(20).toList());
    }

    private static void check(StorageEngine engine, SortedMap<Long, Life> lives) throws IOException {
        var found = new TreeSet<Long>();
        for (int i = 0; i < KilledWriter.PARTITIONS; i++) {
            var query = PartitionQuery.all(KilledWriter.TABLE.id(), KilledWriter.key(i));
            var partition = engine.table(KilledWriter.TABLE.id()).read(query, ReadTrace.NONE);
            var rows = partition.rows();
            var ids =
                    rows.stream().map(KilledProcessTest::id).distinct().sorted().toList();
            var expected = new ArrayList<Row>();
            ids.forEach(id -> expected.add(KilledWriter.row("a", id)));
            ids.forEach(id -> expected.add(KilledWriter.row("b", id)));
            assertThat(rows).as("whole writes of " + query.key()).isEqualTo(expected);
            found.addAll(ids);
        }
        int known = 0;
        for (var each : lives.entrySet()) {
            var there = found.subSet(each.getKey(), each.getKey() + RUN);
            var life = each.getValue();
            assertThat(there).as("of those that began with " + each.getKey()).containsAll(life.acknowledged());
            assertThat(there.size() - life.acknowledged().size())
                    .as("in flight when the process was killed, of " + life.threads() + " threads")
                    .isLessThanOrEqualTo(2 * life.threads()); // one written, and one acknowledged and not yet told
            known += there.size();
        }
        assertThat(found).hasSize(known);
    }

    private static long id(Row row) {
        return Long.parseLong(row.clustering().toUtf8().substring(1));
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        try (var opened = open()) {
            var second = start(0, 1);
            var said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isNotZero();
            assertThat(said)
                    .contains("process " + ProcessHandle.current().pid() + " has this directory; stop it first")
                    .contains(directory.toString());
            assertThatThrownBy(this::open).hasMessageContaining("this process has this directory already");
            opened.engine().applyAndWait(KilledWriter.mutation(1));
        }
    }
}
