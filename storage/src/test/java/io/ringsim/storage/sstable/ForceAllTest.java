package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.EarlyForce;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceAllTest {
    private static List<EarlyForce> files(SimulatedDisk disk) throws IOException {
        var files = new ArrayList<EarlyForce>();
        for (int i = 0; i < 5; i++) {
            var file = new EarlyForce(disk.create("f" + i), WriteBehind.NONE);
            file.write(ByteBuffer.wrap(new byte[] {(byte) i}), 0);
            files.add(file);
        }
        disk.syncDirectory("");
        return files;
    }

    @Test
    void allAreSafeWhoeverHelps() throws IOException {
        for (var helper : List.<WriteBehind>of(WriteBehind.NONE, task -> {}, Runnable::run)) {
            var disk = SimulatedDisk.empty();

            ForceAll.of(files(disk), helper);

            var after = disk.crash(Randomness.of(1));
            for (int i = 0; i < 5; i++) {
                assertThat(after.openRead("f" + i).size()).isOne();
            }
        }
    }

    @Test
    void helpersOnThreadsLeaveNothingRunning(@TempDir Path folder) throws IOException {
        var threads = Executors.newFixedThreadPool(4);
        var disk = RealDisk.at(folder);
        for (int round = 0; round < 20; round++) {
            var files = new ArrayList<EarlyForce>();
            for (int i = 0; i < 8; i++) {
                files.add(new EarlyForce(disk.create("f" + round + "-" + i), threads::execute));
            }

            ForceAll.of(files, threads::execute);

            for (var file : files) {
                file.close();
            }
        }
        threads.shutdown();
    }

    @Test
    void oneThatCannotBeMadeSafeFailsAll() throws IOException {
        var disk = SimulatedDisk.empty();
        var files = files(disk);
        disk.faults().failingForces(true);

        assertThatIOException().isThrownBy(() -> ForceAll.of(files, Runnable::run));
    }
}
