package io.ringsim.storage.commitlog;

import static io.ringsim.storage.commitlog.Writes.ORDERS;
import static io.ringsim.storage.commitlog.Writes.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.Writes.Replayed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.NoSpaceLeft;
import io.ringsim.storage.disk.PowerLost;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.SimulatedDiskSettings;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitLogTest {
    private static final CommitLogSettings SMALL =
            new CommitLogSettings(2000, 6000, 1000, 500, ReplayPolicy.STOP, 0, 0);

    private SimulatedDisk disk = SimulatedDisk.empty();

    @Test
    void restoresEverythingAfterASyncAndACrash() throws IOException {
        var log = open(SMALL);
        var expected = append(log, 0, 30);

        assertThat(log.sync()).isEqualTo(log.appended()).isEqualTo(log.durable());
        disk = disk.crash(Randomness.of(1));

        assertThat(replayed(SMALL)).isEqualTo(expected);
    }

    @Test
    void restoresWhatWasWrittenThroughAfterTheProcessDied() throws IOException {
        var log = open(SMALL);
        var expected = append(log, 0, 20);

        log.writeThrough(expected.get(14).position());
        disk = disk.restart();

        assertThat(replayed(SMALL)).startsWith(expected.subList(0, 15).toArray(new Replayed[0]));
    }

    @Test
    void asksTheDiskForNothingThatIsWrittenOrSafeAlready() throws IOException {
        var log = open(SMALL);
        var position = append(log, 0, 1).get(0).position();
        log.sync();
        long before = disk.operations();

        log.writeThrough(position);
        log.writeThrough(CommitLogPosition.NONE);
        log.sync();

        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void goesOnInANewSegmentAfterAReopening() throws IOException {
        var first = open(SMALL);
        var expected = append(first, 0, 3);
        first.close();

        var second = open(SMALL);
        expected.addAll(append(second, 3, 5));
        second.close();

        assertThat(replayed(SMALL)).isEqualTo(expected);
        assertThat(expected.get(3).position().segment())
                .isGreaterThan(expected.get(2).position().segment());
    }

    @Test
    void givesNoPositionTwiceEvenIfItsFilesAreGone() throws IOException {
        var log = CommitLog.open(disk, "commitlog", SMALL, new CommitLogPosition(41, 7), WriteBehind.NONE);

        assertThat(log.append(Writes.of(1, 1)).segment()).isEqualTo(42);
    }

    @Test
    void givesNoPositionTwiceWhenAllThatWasReplayedIsDiscarded() throws IOException {
        var first = open(SMALL);
        append(first, 0, 30);
        long last = first.appended().segment();
        first.close();

        var second = open(SMALL);
        second.discardReplayed();
        second.close();

        assertThat(disk.list("commitlog")).containsExactly(SegmentFormat.name(last + 1));
        assertThat(replayed(SMALL)).isEmpty();
        assertThat(append(open(SMALL), 0, 1).get(0).position().segment()).isEqualTo(last + 2);
    }

    @Test
    void refusesAWriteThatIsTooLarge() throws IOException {
        var log = open(SMALL);

        assertThatThrownBy(() -> log.append(Writes.of(1, 1000)))
                .isInstanceOf(MutationTooLarge.class)
                .hasMessageContaining("more than the 1000")
                .hasMessageContaining("split it");
        log.sync();

        assertThat(replayed(SMALL)).isEmpty();
    }

    @Test
    void takesAWriteThatIsLargerThanABuffer() throws IOException {
        var log = open(SMALL);
        var expected = append(log, 0, 2);
        var large = Writes.of(7, 900);
        expected.add(new Replayed(large, log.append(large)));
        expected.addAll(append(log, 8, 10));
        log.sync();

        assertThat(replayed(SMALL)).isEqualTo(expected);
    }

    @Test
    void freesASegmentWhenEachTableInItIsFlushed() throws IOException {
        var log = open(SMALL);
        while (log.appended().segment() < 3) {
            log.append(Writes.of(1, 50, USERS, ORDERS));
        }
        log.sync();
        var end = new CommitLogPosition(1, SMALL.segmentSize());
        assertThat(log.dirtyTables(end)).containsExactly(ORDERS, USERS);

        log.markClean(USERS, CommitLogPosition.NONE, log.appended());
        assertThat(disk.list("commitlog")).hasSize(3);
        assertThat(log.dirtyTables(log.appended())).containsExactly(ORDERS);
        assertThat(log.dirtyTables(end)).containsExactly(ORDERS);

        log.markClean(ORDERS, new CommitLogPosition(1, 500), log.appended());
        assertThat(disk.list("commitlog")).containsExactly(SegmentFormat.name(1), SegmentFormat.name(3));

        log.markClean(ORDERS, CommitLogPosition.NONE, new CommitLogPosition(1, 500));
        assertThat(disk.list("commitlog")).containsExactly(SegmentFormat.name(3));
        assertThat(log.dirtyTables(end)).isEmpty();
    }

    @Test
    void usesFilesAgainWhoseOldContentNeverComesBack() throws IOException {
        var sparing = new CommitLogSettings(2000, 10_000, 1000, 500, ReplayPolicy.STOP, 0, 2);
        var log = open(sparing);
        append(log, 0, 60);
        log.sync();
        long segments = log.appended().segment();
        assertThat(segments).isGreaterThan(4);

        log.markClean(USERS, CommitLogPosition.NONE, log.appended());
        assertThat(disk.list("commitlog").stream().filter(name -> name.startsWith("Spare")))
                .hasSize(2);
        var last = log.appended();
        var expected = append(log, 60, 90);
        assertThat(disk.list("commitlog").stream().filter(name -> name.startsWith("Spare")))
                .isEmpty();
        log.sync();
        disk = disk.crash(Randomness.of(1));

        var restored = new ArrayList<Replayed>();
        Writes.replay(
                disk,
                sparing,
                table -> Optional.of(FlushedPositions.NOTHING.and(CommitLogPosition.NONE, last)),
                restored);
        assertThat(restored).isEqualTo(expected);
    }

    @Test
    void asksForFlushesOfTheOldestWhenItTakesTooMuch() throws IOException {
        var log = open(SMALL);
        append(log, 0, 1);
        assertThat(log.overflow()).isEmpty();
        while (log.appended().segment() < 5) {
            append(log, 0, 1);
        }
        log.sync();

        var upTo = log.overflow().orElseThrow();

        assertThat(upTo.segment()).isLessThan(5);
        assertThat(log.bytesOnDisk()).isGreaterThan(SMALL.totalSpace());
        log.markClean(USERS, CommitLogPosition.NONE, upTo);
        assertThat(log.overflow()).isEmpty();
        assertThat(log.bytesOnDisk()).isLessThanOrEqualTo(SMALL.totalSpace());
    }

    @Test
    void leavesOutWhatIsFlushedAndTablesThatAreNoMore() throws IOException {
        var log = open(SMALL);
        var written = new ArrayList<CommitLogPosition>();
        for (int i = 0; i < 4; i++) {
            written.add(log.append(Writes.of(i, 10, USERS, ORDERS)));
        }
        written.add(log.append(Writes.of(4, 10, ORDERS)));
        log.sync();
        var flushed = FlushedPositions.NOTHING.and(written.get(0), written.get(2));

        var restored = new ArrayList<Replayed>();
        var report = Writes.replay(
                disk, SMALL, table -> table.equals(USERS) ? Optional.of(flushed) : Optional.empty(), restored);

        assertThat(restored)
                .containsExactly(
                        new Replayed(Writes.of(0, 10), written.get(0)), new Replayed(Writes.of(3, 10), written.get(3)));
        assertThat(report.replayed()).isEqualTo(2);
        assertThat(report.alreadyFlushed()).isEqualTo(2);
        assertThat(report.ofUnknownTables()).isEqualTo(5);
        assertThat(report.segments()).isEqualTo(1);
        assertThat(report.corrupt()).isEmpty();
    }

    @Test
    void replaysTheSameTwice() throws IOException {
        var log = open(SMALL);
        append(log, 0, 40);
        log.writeThrough(log.appended());
        disk = disk.crash(Randomness.of(5));

        assertThat(replayed(SMALL)).isEqualTo(replayed(SMALL));
    }

    @Test
    void refusesWritesWhileTheDiskIsFullAndKeepsWhatItHas() throws IOException {
        disk = SimulatedDisk.empty(SimulatedDiskSettings.defaults().withCapacity(3 * 4096));
        var big = new CommitLogSettings(6000, 100_000, 1000, 700, ReplayPolicy.STOP, 0, 0);
        var log = open(big);
        var ballast = disk.create("ballast");
        ballast.write(ByteBuffer.allocate(4096), 0);

        var kept = new ArrayList<Replayed>();
        assertThatThrownBy(() -> {
                    while (true) {
                        kept.addAll(append(log, kept.size(), kept.size() + 1));
                    }
                })
                .isInstanceOf(NoSpaceLeft.class);

        disk.delete("ballast");
        kept.addAll(append(log, kept.size(), kept.size() + 10));
        log.sync();
        disk = disk.crash(Randomness.of(2));
        assertThat(replayed(big)).isEqualTo(kept);
    }

    @Test
    void takesNothingAnyMoreAfterAForceThatFailed() throws IOException {
        var log = open(SMALL);
        append(log, 0, 2);
        var safe = log.sync();
        append(log, 2, 4);
        disk.faults().failingForces(true);

        assertThatThrownBy(log::sync).hasMessageContaining("the device failed");
        disk.faults().failingForces(false);

        assertThatThrownBy(log::sync)
                .hasMessageContaining("could not make some safe; check the disk and restart")
                .hasMessageContaining(SegmentFormat.name(1));
        assertThatThrownBy(() -> append(log, 4, 5)).hasMessageContaining("takes no writes");
        assertThat(log.durable()).isEqualTo(safe);
    }

    @Test
    void saysThatItIsClosed() throws IOException {
        var log = open(SMALL);
        append(log, 0, 2);
        log.close();
        log.close();

        assertThatThrownBy(() -> append(log, 0, 1)).hasMessage("the commit log is closed");
    }

    @Test
    void needsNoFileUntilSomethingIsAppended() throws IOException {
        open(SMALL).close();

        assertThat(disk.list("commitlog")).isEmpty();
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() throws IOException {
        var log = open(SMALL);
        append(log, 0, 2);
        log.close();
        disk.flip("commitlog/" + SegmentFormat.name(1), 7, 1);

        assertThatThrownBy(() -> replayed(SMALL))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining(SegmentFormat.name(1) + " at 0: it is of version 3")
                .hasMessageContaining("this program reads version 1");
    }

    @Test
    void growsAheadOnlyWhenLittleIsWrittenBetweenSyncs() throws IOException {
        var growing = new CommitLogSettings(20_000, 1 << 20, 1000, 500, ReplayPolicy.STOP, 2000, 0);
        var log = open(growing);
        var expected = append(log, 0, 1);
        log.sync();
        long grown = log.appended().offset() + 2000L;
        assertThat(log.bytesOnDisk()).isEqualTo(grown);

        expected.addAll(append(log, 1, 2));
        log.sync();
        assertThat(log.bytesOnDisk()).isEqualTo(grown);

        expected.addAll(append(log, 2, 60));
        log.sync();
        assertThat(log.bytesOnDisk()).isEqualTo(log.appended().offset());
        assertThat(replayed(growing)).isEqualTo(expected);
    }

    @Test
    void makesSafeWhatWasWrittenWhileMoreIsAppended() throws IOException {
        var behind = new ArrayDeque<Runnable>();
        var log = CommitLog.open(disk, "commitlog", SMALL, CommitLogPosition.NONE, behind::add);
        var expected = append(log, 0, 60);
        assertThat(behind).hasSize(1);
        assertThat(log.durable()).isEqualTo(Section.none(1).endPosition());

        behind.remove().run();

        int safe = (int) expected.stream()
                .filter(each -> each.position().compareTo(log.durable()) <= 0)
                .count();
        assertThat(safe).isPositive();
        append(log, 60, 70);
        disk = disk.crash(Randomness.of(3));
        assertThat(replayed(SMALL).subList(0, safe)).isEqualTo(expected.subList(0, safe));
    }

    @Test
    void takesNothingAnyMoreWhenWhatWasWrittenCannotBeMadeSafe() throws IOException {
        var behind = new ArrayDeque<Runnable>();
        var log = CommitLog.open(disk, "commitlog", SMALL, CommitLogPosition.NONE, behind::add);
        append(log, 0, 60);
        disk.faults().failingForces(true);

        behind.remove().run();

        assertThatThrownBy(() -> append(log, 60, 61))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the commit log takes no writes, because it could not make some safe");
    }

    @Test
    void makesSafeWhatAProcessThatDiedLeftBehind() throws IOException {
        var log = open(SMALL);
        var expected = append(log, 0, 20);
        log.writeThrough(log.appended());
        disk = disk.restart();

        open(SMALL);
        disk = disk.crash(Randomness.of(3));

        assertThat(replayed(SMALL)).isEqualTo(expected);
    }

    @Test
    void passesOnThatThePowerIsLost() throws IOException {
        var log = open(SMALL);
        append(log, 0, 2);
        disk.faults().failAt(disk.operations() + 2);

        assertThatThrownBy(log::sync).isInstanceOf(PowerLost.class);
    }

    private CommitLog open(CommitLogSettings settings) throws IOException {
        return CommitLog.open(disk, "commitlog", settings);
    }

    private List<Replayed> replayed(CommitLogSettings settings) throws IOException {
        var restored = new ArrayList<Replayed>();
        Writes.replay(disk, settings, restored);
        return restored;
    }

    private static List<Replayed> append(CommitLog log, int from, int to) throws IOException {
        var appended = new ArrayList<Replayed>();
        for (int i = from; i < to; i++) {
            var mutation = Writes.of(i, 1 + i * 37 % 150);
            appended.add(new Replayed(mutation, log.append(mutation)));
        }
        return appended;
    }
}
