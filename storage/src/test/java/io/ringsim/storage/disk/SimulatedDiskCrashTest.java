package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.runtime.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of files, cut by power losses, beside what has to be left of each. */
class SimulatedDiskCrashTest {
    private static final int FILE = 6000;

    static LongStream seeds() {
        return LongStream.range(0, 600);
    }

    /** A file as its writer knows it: each of its writes is of one value, counted up through the whole run. */
    private static final class Known {
        final String name;
        final DiskFile file;
        final List<byte[]> versions = new ArrayList<>(List.of(new byte[FILE]));
        int forced;
        int forcedSize;
        int size;
        boolean named;

        Known(String name, DiskFile file) {
            this.name = name;
            this.file = file;
        }

        byte[] newest() {
            return versions.get(versions.size() - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsWhatWasForcedAndInventsNothing(long seed) throws IOException {
        var chance = Randomness.of(seed);
        var disk = SimulatedDisk.empty();
        disk.faults().failAt(chance.nextInt(1, 60));
        Map<String, Known> files = new TreeMap<>();

        try {
            while (true) {
                step(disk, files, chance);
            }
        } catch (PowerLost expected) {
            check(disk.crash(chance), files);
        }
    }

    private static void step(SimulatedDisk disk, Map<String, Known> files, Randomness chance) throws IOException {
        int kind = files.isEmpty() ? 0 : chance.nextInt(10);
        if (kind == 0) {
            var name = "d/" + files.size();
            // known before it is made: the power may go while it is
            files.put(name, new Known(name, disk.create(name)));
        } else if (kind == 1) {
            disk.syncDirectory("d");
            files.values().forEach(known -> known.named = true);
        } else if (kind <= 3) {
            var known = chance.pick(List.copyOf(files.values()));
            int version = known.versions.size();
            known.file.force(false);
            known.forced = version - 1;
            known.forcedSize = known.size;
        } else {
            write(chance.pick(List.copyOf(files.values())), chance);
        }
    }

    private static void write(Known known, Randomness chance) throws IOException {
        int from = chance.nextInt(FILE - 1);
        int length = chance.nextInt(1, FILE - from);
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) known.versions.size());
        var version = known.newest().clone();
        System.arraycopy(bytes, 0, version, from, length);
        // known before it is done: the power may go in the middle of it
        known.versions.add(version);
        known.size = Math.max(known.size, from + length);
        known.file.write(ByteBuffer.wrap(bytes), from);
    }

    private static void check(SimulatedDisk after, Map<String, Known> files) throws IOException {
        for (var known : files.values()) {
            if (known.named) {
                assertThat(after.exists(known.name)).isTrue();
            }
            if (!after.exists(known.name)) {
                continue;
            }
            try (var file = after.openRead(known.name)) {
                assertThat(file.size()).isBetween((long) known.forcedSize, (long) known.size);
                var content = ByteBuffer.allocate((int) file.size());
                file.readFully(content, 0);
                for (int at = 0; at < content.capacity(); at++) {
                    checkByte(known, at, content.get(at));
                }
            }
        }
    }

    /** It is what was there when forced, or what one of the later writes left there. */
    private static void checkByte(Known known, int at, byte value) {
        for (int version = known.forced; version < known.versions.size(); version++) {
            if (known.versions.get(version)[at] == value) {
                return;
            }
        }
        throw new AssertionError(
                known.name + " has " + value + " at " + at + ", which was never there since version " + known.forced);
    }
}
