package io.ringsim.storage.commitlog;

import static io.ringsim.storage.commitlog.Writes.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.Writes.Replayed;
import io.ringsim.storage.disk.RealDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several threads at one log on the real disk. */
class CommitLogConcurrencyTest {
    private static final int WRITES = 15_000;

    private final ExecutorService behind = Executors.newSingleThreadExecutor();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        behind.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"2, 64000, 4000", "4, 64000, 4000", "4, 20000, 500", "3, 400000, 100000"})
    void keepsEveryWriteOfEveryThreadInItsOrder(int threads, int segmentSize, int bufferSize) throws Exception {
        var settings = new CommitLogSettings(
                segmentSize, 1L << 30, segmentSize / 4, bufferSize, ReplayPolicy.STOP, segmentSize / 8, 2);
        var appended = new ArrayList<Replayed>();

        try (var log = CommitLog.open(
                RealDisk.at(directory), "commitlog", settings, CommitLogPosition.NONE, behind::execute)) {
            for (var each : run(threads, thread -> write(log, thread, threads))) {
                assertThat(each.stream().map(Replayed::position)).isSorted();
                appended.addAll(each);
            }
            assertThat(log.durable()).isLessThanOrEqualTo(log.appended());
        }

        appended.sort(Comparator.comparing(Replayed::position));
        var restored = new ArrayList<Replayed>();
        var report = Writes.replay(RealDisk.at(directory), settings, restored);
        assertThat(report.torn()).isEmpty();
        assertThat(restored.equals(appended)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 40000, 3000", "4, 20000, 1000"})
    void freesWhatIsFlushedWhileOthersWrite(int threads, int segmentSize, int bufferSize) throws Exception {
        var settings = new CommitLogSettings(
                segmentSize, 10L * segmentSize, segmentSize / 4, bufferSize, ReplayPolicy.STOP, 0, 3);

        try (var log = CommitLog.open(
                RealDisk.at(directory), "commitlog", settings, CommitLogPosition.NONE, behind::execute)) {
            run(threads, thread -> {
                if (thread > 0) {
                    return write(log, thread, threads);
                }
                for (int i = 0; i < 300; i++) {
                    log.sync();
                    log.markClean(USERS, CommitLogPosition.NONE, log.durable());
                }
                return List.of();
            });
            log.sync();
            log.markClean(USERS, CommitLogPosition.NONE, log.durable());

            assertThat(log.bytesOnDisk()).isLessThanOrEqualTo(5L * segmentSize);
            assertThat(log.dirtyTables(log.appended())).isEmpty();
        }

        Writes.replay(RealDisk.at(directory), settings, new ArrayList<>());
    }

    private interface Work {
        List<Replayed> of(int thread) throws Exception;
    }

    private static List<List<Replayed>> run(int threads, Work work) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        try {
            var tasks = new ArrayList<Callable<List<Replayed>>>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> work.of(thread));
            }
            var results = new ArrayList<List<Replayed>>();
            for (Future<List<Replayed>> done : executor.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<Replayed> write(CommitLog log, int thread, int threads) throws Exception {
        var chance = Randomness.of(thread);
        var written = new ArrayList<Replayed>();
        for (int i = 0; i < WRITES; i++) {
            var mutation = Writes.of(i * threads + thread, chance.nextInt(chance.chance(0.01) ? 2000 : 100));
            var position = log.append(mutation);
            written.add(new Replayed(mutation, position));
            if (chance.chance(0.05)) {
                log.writeThrough(position);
            }
            if (chance.chance(0.005)) {
                assertThat(log.sync()).isGreaterThanOrEqualTo(position);
            }
        }
        return written;
    }
}
