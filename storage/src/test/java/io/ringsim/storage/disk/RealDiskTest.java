package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    @TempDir
    Path directory;

    @Test
    void tellsAFullDiskFromOtherFailures() {
        assertThat(RealDisk.failure("a/b", new IOException("No space left on device")))
                .isInstanceOf(NoSpaceLeft.class)
                .hasMessageStartingWith("a/b: ");
        assertThat(RealDisk.failure("a/b", new IOException("Disk quota exceeded")))
                .isInstanceOf(NoSpaceLeft.class);
        assertThat(RealDisk.failure("a/b", new IOException("Read-only file system")))
                .isInstanceOf(ReadOnlyDisk.class)
                .hasMessageStartingWith("a/b: ");
        assertThat(RealDisk.failure("a/b", new IOException("Input/output error")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("a/b: Input/output error");
    }

    @Test
    void saysThatAnInterruptClosedTheFile() throws IOException {
        try (var file = RealDisk.at(directory).create("a")) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
                    .hasMessage("a: closed, because a thread that used it was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void tellsWhoHasTheDirectory() throws IOException {
        try (var lock = RealDisk.at(directory).lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RealDisk.at(directory).lock())
                    .hasMessageStartingWith(directory + "/lock: this process has this directory already");

            assertThat(Files.readString(directory.resolve("lock")))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void viewsAcrossTheGibibyteBoundary() throws IOException {
        long boundary = 1L << 30;
        try (var file = RealDisk.at(directory).create("sparse")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), boundary - 2);

            var view = file.view(boundary - 2, 4);
            assertThat(new byte[] {view.get(0), view.get(1), view.get(2), view.get(3)})
                    .containsExactly(1, 2, 3, 4);
            assertThat(file.view(boundary + 1, 1).get(0)).isEqualTo((byte) 4);
            assertThat(file.view(boundary - 1, 1).get(0)).isEqualTo((byte) 2);
        }
    }
}
