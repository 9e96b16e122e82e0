package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.runtime.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private final SimulatedDisk disk = SimulatedDisk.empty();

    @Test
    void readsLessThanAskedWhenReadsAreShort() throws IOException {
        try (var file = disk.create("a")) {
            file.write(ByteBuffer.allocate(10_000), 0);
            disk.faults().shortReads(Randomness.of(1));

            var buffer = ByteBuffer.allocate(10_000);
            assertThat(file.read(buffer, 0)).isBetween(1, 9_999);
            file.readFully(buffer.clear(), 0);
            assertThat(buffer.hasRemaining()).isFalse();
        }
    }

    @Test
    void losesNothingThatWasSafeToTheCrashAtAnyOperation() throws IOException {
        for (int operation = 1; operation < 8; operation++) {
            var crashing = SimulatedDisk.empty();
            crashing.faults().failAt(operation);
            boolean safe = replaced(crashing);

            for (long seed = 0; seed < 20; seed++) {
                var after = crashing.crash(Randomness.of(seed));

                assertThat(after.operations()).isZero();
                assertThat(safe).isEqualTo(operation > 5);
                if (safe) {
                    assertThat(after.list("")).containsExactly("a");
                    assertThat(content(after, "a")).containsExactly(7, 7, 7);
                }
            }
        }
    }

    private static boolean replaced(SimulatedDisk disk) {
        try (var file = disk.create("a.tmp")) {
            file.write(ByteBuffer.wrap(new byte[] {7, 7, 7}), 0);
            file.force(true);
            disk.rename("a.tmp", "a");
            disk.syncDirectory("");
        } catch (IOException lost) {
            assertThat(lost).isInstanceOf(PowerLost.class);
            return false;
        }
        return true;
    }

    @Test
    void worksNoMoreOnceThePowerIsGone() throws IOException {
        var file = disk.create("a");
        disk.faults().failAt(2);

        assertThatThrownBy(() -> disk.exists("a")).isInstanceOf(PowerLost.class);
        assertThatThrownBy(file::size).isInstanceOf(PowerLost.class);
        assertThatThrownBy(() -> file.force(true)).isInstanceOf(PowerLost.class);
        assertThatThrownBy(() -> disk.create("b")).isInstanceOf(PowerLost.class);
        assertThatThrownBy(disk::lock).isInstanceOf(PowerLost.class);
    }

    @Test
    void keepsWhatWasWrittenWhenOnlyTheProcessDies() throws IOException {
        var file = disk.create("a");
        file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
        disk.lock();

        var after = disk.restart();

        assertThat(content(after, "a")).containsExactly(1, 2);
        after.lock().close();
        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0)).isInstanceOf(PowerLost.class);
    }

    @Test
    void leavesEveryMixOfUnsafeChangesToChance() throws IOException {
        var file = disk.create("a");
        file.force(true);
        disk.syncDirectory("");
        for (int i = 0; i < 3; i++) {
            file.write(ByteBuffer.wrap(filled(1024, i + 1)), 1024L * i);
        }

        var seen = new TreeSet<String>();
        for (long seed = 0; seed < 3000; seed++) {
            var content = content(disk.crash(Randomness.of(seed)), "a");
            var sectors = new StringBuilder();
            for (int at = 0; at < content.size(); at += 512) {
                var sector = new TreeSet<>(content.subList(at, at + 512));
                assertThat(sector).hasSize(1);
                assertThat(sector.first()).isIn(0, at / 1024 + 1);
                sectors.append(sector.first());
            }
            seen.add(sectors.toString());
        }

        assertThat(seen).contains("", "112233", "110033", "000033", "112200", "1122", "102000", "000000", "010203");
    }

    @Test
    void keepsARenamedFileUnderOneOfItsNames() throws IOException {
        write(disk, "old", 1);
        write(disk, "new", 2);
        disk.syncDirectory("");
        disk.rename("new", "old");
        var seen = new TreeSet<String>();

        for (long seed = 0; seed < 50; seed++) {
            var after = disk.crash(Randomness.of(seed));
            var names = after.list("");
            seen.add(names.toString());

            assertThat(content(after, "old")).containsExactly(names.contains("new") ? 1 : 2);
        }

        assertThat(seen).containsExactly("[new, old]", "[old]");
    }

    @Test
    void leavesCreationsAndDeletionsToChance() throws IOException {
        write(disk, "deleted", 1);
        disk.syncDirectory("");
        disk.delete("deleted");
        write(disk, "created", 2);
        var seen = new TreeSet<String>();

        for (long seed = 0; seed < 50; seed++) {
            seen.add(disk.crash(Randomness.of(seed)).list("").toString());
        }

        assertThat(seen).containsExactly("[]", "[created, deleted]", "[created]", "[deleted]");
    }

    @Test
    void movesAFileForGoodWhenEitherDirectoryIsSynced() throws IOException {
        for (var directory : List.of("from", "to")) {
            var moving = SimulatedDisk.empty();
            write(moving, "to/there", 9);
            write(moving, "from/a", 3);
            moving.rename("from/a", "to/a");
            moving.syncDirectory(directory);

            for (long seed = 0; seed < 20; seed++) {
                var after = moving.crash(Randomness.of(seed));
                assertThat(after.exists("from/a")).isFalse();
                assertThat(after.exists("to/a")).isEqualTo(true);
            }
        }
    }

    @Test
    void makesNothingSafeWhileForcesLie() throws IOException {
        disk.faults().lyingForces(true);
        write(disk, "a", 1);
        disk.syncDirectory("");
        var seen = new ArrayList<Boolean>();

        for (long seed = 0; seed < 20; seed++) {
            seen.add(disk.crash(Randomness.of(seed)).exists("a"));
        }

        assertThat(seen).contains(true, false);
    }

    @Test
    void failsForces() throws IOException {
        disk.faults().failingForces(true);

        assertThatThrownBy(() -> write(disk, "a", 1)).hasMessageStartingWith("a: the device failed");
    }

    @Test
    void keepsTheBeginningOfAWriteThatFillsTheDisk() throws IOException {
        var small = SimulatedDisk.empty(SimulatedDiskSettings.defaults().withCapacity(10_000));
        try (var file = small.create("a")) {
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(20_000), 0))
                    .isInstanceOf(NoSpaceLeft.class)
                    .hasMessageContaining("a: no space left");
            assertThat(file.size()).isEqualTo(8192);
            file.write(ByteBuffer.allocate(8192), 0);
            assertThatThrownBy(() -> small.create("b")).isInstanceOf(NoSpaceLeft.class);

            small.delete("a");
            write(small, "b", 1);
        }
    }

    @Test
    void isFullFromAnOperationOn() throws IOException {
        disk.faults().noSpaceFrom(3);
        var file = disk.create("a");
        file.write(ByteBuffer.allocate(100), 0);

        file.write(ByteBuffer.allocate(100), 4000 - 4);
        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(100), 4090)).isInstanceOf(NoSpaceLeft.class);
        assertThat(disk.freeBytes()).isZero();
        disk.faults().spaceAgain();
        file.write(ByteBuffer.allocate(100), 4090);
    }

    @Test
    void takesNoChangesWhenReadOnly() throws IOException {
        write(disk, "a", 1);
        var file = disk.open("a");
        disk.faults().readOnly(true);

        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
                .isInstanceOf(ReadOnlyDisk.class)
                .hasMessageStartingWith("a: ");
        assertThatThrownBy(() -> disk.create("b")).isInstanceOf(ReadOnlyDisk.class);
        assertThatThrownBy(() -> disk.delete("a")).isInstanceOf(ReadOnlyDisk.class);
        assertThatThrownBy(() -> disk.rename("a", "b")).isInstanceOf(ReadOnlyDisk.class);
        assertThat(content(disk, "a")).containsExactly(1);
    }

    @Test
    void turnsBitsOverForGood() throws IOException {
        write(disk, "a", 1);
        disk.syncDirectory("");

        disk.flip("a", 0, 7);
        assertThat(content(disk, "a")).containsExactly(0x81);
        disk.flip("a", Randomness.of(3));

        var after = content(disk.crash(Randomness.of(1)), "a").get(0);
        assertThat(Integer.bitCount((after ^ 0x81) & 0xFF)).isEqualTo(1);
    }

    @Test
    void costsWhatItsOperationsTake() throws IOException {
        var measured = SimulatedDisk.empty(new SimulatedDiskSettings(1 << 20, 1_000_000, 500_000, 10, 7000));
        var file = measured.create("a");
        assertThat(measured.takeCost()).isEqualTo(10);

        file.write(ByteBuffer.allocate(1000), 0);
        assertThat(measured.takeCost()).isEqualTo(10 + 2_000_000);

        measured.faults().slowDown(3);
        file.force(false);
        assertThat(measured.takeCost()).isEqualTo(3 * 7010);

        measured.faults().slowDown(1);
        file.readFully(ByteBuffer.allocate(1000), 0);
        assertThat(measured.takeCost()).isEqualTo(10 + 1_000_000);
        assertThat(measured.takeCost()).isZero();

        measured.faults().stuck(true);
        file.force(false);
        assertThat(measured.takeCost()).isEqualTo(Long.MAX_VALUE);
        assertThat(measured.operations()).isEqualTo(5);
    }

    private static byte[] filled(int size, int value) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void write(Disk disk, String path, int value) throws IOException {
        try (var file = disk.create(path)) {
            file.write(ByteBuffer.wrap(new byte[] {(byte) value}), 0);
            file.force(true);
        }
    }

    private static List<Integer> content(Disk disk, String path) throws IOException {
        try (var file = disk.openRead(path)) {
            var buffer = ByteBuffer.allocate((int) file.size());
            file.readFully(buffer, 0);
            var bytes = new ArrayList<Integer>();
            for (byte each : buffer.array()) {
                bytes.add(each & 0xFF);
            }
            return bytes;
        }
    }
}
