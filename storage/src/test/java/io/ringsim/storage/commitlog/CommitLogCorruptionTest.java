package io.ringsim.storage.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.Writes.Replayed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitLogCorruptionTest {
    private static final CommitLogSettings STOPPING =
            new CommitLogSettings(1500, 100_000, 700, 400, ReplayPolicy.STOP, 0, 0);
    private static final CommitLogSettings SKIPPING = STOPPING.onCorruption(ReplayPolicy.SKIP);
    private static final String FIRST = "commitlog/" + SegmentFormat.name(1);

    /** Bytes of the marker that closes a segment; nothing comes after them. */
    private static final int LAST = SegmentFormat.MARKER;

    private final List<Replayed> appended = new ArrayList<>();

    @Test
    void noticesEveryByteOfAClosedLogThatIsFlipped() throws IOException {
        var disk = closedLog(8);
        long size = size(disk, FIRST);
        assertThat(disk.list("commitlog")).hasSize(1);

        for (int offset = 0; offset < size; offset++) {
            for (int bit = 0; bit < 8; bit++) {
                disk.flip(FIRST, offset, bit);
                if (offset < size - LAST) {
                    int at = offset;
                    assertThatThrownBy(() -> replay(disk, STOPPING))
                            .as("bit %s of byte %s", bit, at)
                            .isInstanceOf(CorruptFile.class)
                            .hasMessageContaining(FIRST);
                } else {
                    assertThat(replay(disk, STOPPING)).isEqualTo(appended);
                }
                disk.flip(FIRST, offset, bit);
            }
        }
        assertThat(replay(disk, STOPPING)).isEqualTo(appended);
    }

    @Test
    void givesBackNothingWrongWhateverByteOfAnUnclosedLogIsFlipped() throws IOException {
        var disk = SimulatedDisk.empty();
        var log = CommitLog.open(disk, "commitlog", STOPPING);
        append(log, 5);
        log.sync();
        append(log, 5);
        log.sync();
        long size = size(disk, FIRST);

        for (int offset = 0; offset < size; offset++) {
            for (int bit = 0; bit < 8; bit++) {
                disk.flip(FIRST, offset, bit);
                var restored = new ArrayList<Replayed>();
                try {
                    var report = Writes.replay(disk, STOPPING, restored);
                    assertThat(report.torn()).isNotEmpty();
                } catch (CorruptFile reported) {
                    assertThat(reported).hasMessageContaining(FIRST);
                }
                assertThat(restored).isEqualTo(appended.subList(0, restored.size()));
                disk.flip(FIRST, offset, bit);
            }
        }
    }

    @Test
    void skipsOnlyWhatIsCorrupt() throws IOException {
        var disk = closedLog(60);
        var names = disk.list("commitlog");
        assertThat(names).hasSizeGreaterThan(2);

        for (var name : names) {
            var path = "commitlog/" + name;
            long size = size(disk, path);
            for (int offset = 0; offset < size; offset++) {
                if (offset >= 4 && offset < 8) {
                    continue; // the version, which is refused
                }
                disk.flip(path, offset, offset % 8);
                var restored = new ArrayList<Replayed>();
                var report = Writes.replay(disk, SKIPPING, restored);
                disk.flip(path, offset, offset % 8);

                assertThat(appended).containsSubsequence(restored);
                int lost = appended.size() - restored.size();
                boolean closing = offset >= size - LAST;
                boolean last = name.equals(names.get(names.size() - 1));
                assertThat(report.corrupt()).hasSize(closing && last ? 0 : 1);
                assertThat(lost).isBetween(0, closing ? 0 : 6);
                report.corrupt().forEach(left -> assertThat(left.path()).isEqualTo(path));
            }
        }
    }

    @Test
    void leavesOutOneWriteWhenOneIsCorrupt() throws IOException {
        var disk = closedLog(8);
        int inTheThird = appended.get(2).position().offset() - 6;

        disk.flip(FIRST, inTheThird, 3);

        var restored = new ArrayList<Replayed>();
        var report = Writes.replay(disk, SKIPPING, restored);
        appended.remove(2);
        assertThat(restored).isEqualTo(appended);
        assertThat(report.corrupt().get(0).toString())
                .startsWith(FIRST + " at ")
                .contains("is not what was written, though it was safe; left out");
        assertThatThrownBy(() -> replay(disk, STOPPING))
                .hasMessageContaining("SKIP")
                .hasMessageContaining("repair");
    }

    @Test
    void restoresABeginningOfWhatIsLeftAtEveryLength() throws IOException {
        for (var closed : List.of(true, false)) {
            appended.clear();
            var disk = SimulatedDisk.empty();
            var log = CommitLog.open(disk, "commitlog", STOPPING);
            append(log, 4);
            log.sync();
            append(log, 4);
            log.sync();
            if (closed) {
                log.close();
            }
            int size = (int) size(disk, FIRST);
            for (int length = size; length >= 0; length--) {
                try (var file = disk.open(FIRST)) {
                    file.truncate(length);
                }
                var restored = new ArrayList<Replayed>();
                try {
                    Writes.replay(disk, STOPPING, restored);
                } catch (CorruptFile reported) {
                    assertThat(reported).hasMessageContaining(FIRST);
                }
                assertThat(restored).isEqualTo(appended.subList(0, restored.size()));
                var whole = appended.stream()
                        .filter(each -> each.position().offset() <= reached(restored))
                        .count();
                assertThat(restored).hasSize((int) whole);
            }
        }
    }

    @Test
    void noticesThatASegmentBeforeOthersWasCutOff() throws IOException {
        var disk = closedLog(60);
        int size = (int) size(disk, FIRST);

        for (int length = size - LAST - 1; length >= 0; length--) {
            try (var file = disk.open(FIRST)) {
                file.truncate(length);
            }
            assertThat(reported(disk)).as("cut to %s", length).contains(FIRST);
        }
    }

    @Test
    void takesWhatWasNeverSafeForNoError() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            appended.clear();
            var disk = SimulatedDisk.empty();
            var log = CommitLog.open(disk, "commitlog", STOPPING);
            append(log, 5);
            log.sync();
            int safe = appended.size();
            append(log, 40);
            log.writeThrough(log.appended());

            var restored = replay(disk.crash(Randomness.of(seed)), STOPPING);

            assertThat(restored).startsWith(appended.subList(0, safe).toArray(new Replayed[0]));
            assertThat(appended).containsSubsequence(restored);
        }
    }

    private static String reported(SimulatedDisk disk) throws IOException {
        try {
            replay(disk, STOPPING);
            return "nothing";
        } catch (CorruptFile corrupt) {
            return corrupt.toString();
        }
    }

    private static int reached(List<Replayed> restored) {
        return restored.isEmpty()
                ? 0
                : restored.get(restored.size() - 1).position().offset();
    }

    private SimulatedDisk closedLog(int writes) throws IOException {
        var disk = SimulatedDisk.empty();
        var log = CommitLog.open(disk, "commitlog", STOPPING);
        append(log, writes);
        log.close();
        return disk;
    }

    private void append(CommitLog log, int writes) throws IOException {
        for (int i = 0; i < writes; i++) {
            var mutation = Writes.of(appended.size(), 10 + 7 * (i % 3));
            appended.add(new Replayed(mutation, log.append(mutation)));
        }
    }

    private static List<Replayed> replay(SimulatedDisk disk, CommitLogSettings settings) throws IOException {
        var restored = new ArrayList<Replayed>();
        Writes.replay(disk, settings, restored);
        return restored;
    }

    private static long size(SimulatedDisk disk, String path) throws IOException {
        try (var file = disk.openRead(path)) {
            return file.size();
        }
    }
}
