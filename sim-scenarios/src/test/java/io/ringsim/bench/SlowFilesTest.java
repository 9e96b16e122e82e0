package io.ringsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.storage.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowFilesTest {
    private static final long FAST_ENOUGH = 1 << 30;
    private static final byte[] CONTENT = {1, 2, 3, 4};

    @TempDir
    private Path directory;

    @Test
    void aDiskOfSlowFilesIsAnyDiskWhoseWritesAreCounted() throws IOException {
        var files = new SlowFiles(FAST_ENOUGH);
        var disk = RealDisk.at(files.slow(directory.resolve("node")));
        try (var lock = disk.lock();
                var file = disk.create("data/new")) {
            long before = files.written();
            file.write(ByteBuffer.wrap(CONTENT), 0);
            file.force(true);
            disk.rename("data/new", "data/old");
            disk.syncDirectory("data");

            assertThat(lock).isNotNull();
            assertThat(files.written() - before).isEqualTo(CONTENT.length);
            assertThat(file.view(1, 2)).isEqualTo(ByteBuffer.wrap(CONTENT, 1, 2));
            assertThat(disk.list("data")).containsExactly("old");
            assertThat(disk.freeBytes()).isPositive();
        }
        assertThat(Files.readAllBytes(directory.resolve("node/data/old"))).isEqualTo(CONTENT);
        disk.delete("data/old");
        assertThat(disk.exists("data/old")).isFalse();
    }
}
