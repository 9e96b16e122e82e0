package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Disk} keeps. */
class DiskContractTest {
    @Nested
    class OfTheRealDiskTest extends Contract {
        @TempDir
        Path directory;

        @Override
        Disk disk() throws IOException {
            return RealDisk.at(directory.resolve("a/node"));
        }
    }

    /** Of files that are written past the page cache; they count from when they are forced. */
    @Nested
    class OfTheRealDiskWithDirectWritesTest extends Contract {
        @TempDir
        Path directory;

        @Override
        Disk disk() throws IOException {
            return new DirectWrites(RealDisk.at(directory.resolve("a/node")));
        }
    }

    private record DirectWrites(Disk disk) implements Disk {
        @Override
        public DiskFile create(String path) throws IOException {
            var created = disk.createDirect(path, WriteBehind.NONE);
            assumeThat(created)
                    .as("direct I/O in the directory of temporary files")
                    .isPresent();
            return forcedBeforeItIsClosed(created.get());
        }

        private static DiskFile forcedBeforeItIsClosed(DiskFile file) {
            var open = new AtomicBoolean(true);
            return (DiskFile) Proxy.newProxyInstance(
                    DiskFile.class.getClassLoader(), new Class<?>[] {DiskFile.class}, (self, method, given) -> {
                        if (method.getName().equals("close") && open.getAndSet(false)) {
                            file.force(true);
                        }
                        try {
                            return method.invoke(file, given);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        @Override
        public DiskFile open(String path) throws IOException {
            return disk.open(path);
        }

        @Override
        public DiskFile openRead(String path) throws IOException {
            return disk.openRead(path);
        }

        @Override
        public boolean exists(String path) throws IOException {
            return disk.exists(path);
        }

        @Override
        public List<String> list(String directory) throws IOException {
            return disk.list(directory);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String path) throws IOException {
            disk.delete(path);
        }

        @Override
        public void syncDirectory(String directory) throws IOException {
            disk.syncDirectory(directory);
        }

        @Override
        public long freeBytes() throws IOException {
            return disk.freeBytes();
        }

        @Override
        public Closeable lock() throws IOException {
            return disk.lock();
        }
    }

    @Nested
    class OfTheSimulatedDiskTest extends Contract {
        @Override
        Disk disk() {
            return SimulatedDisk.empty();
        }
    }

    abstract static class Contract {
        abstract Disk disk() throws IOException;

        @Test
        void readsWhatWasWritten() throws IOException {
            try (var file = disk().create("log/one")) {
                file.write(bytes("hello, world"), 0);
                file.write(bytes("W"), 7);

                assertThat(read(file, 0, 12)).isEqualTo("hello, World");
                assertThat(read(file, 7, 3)).isEqualTo("Wor");
                assertThat(file.size()).isEqualTo(12);
                assertThat(file.path()).isEqualTo("log/one");
            }
        }

        @Test
        void readsZerosWhereNothingWasWritten() throws IOException {
            try (var file = disk().create("sparse")) {
                file.write(bytes("x"), 100_000);

                assertThat(file.size()).isEqualTo(100_001);
                assertThat(read(file, 99_998, 3)).isEqualTo("\0\0x");
            }
        }

        @Test
        void saysWhereAFileEnds() throws IOException {
            try (var file = disk().create("short")) {
                file.write(bytes("abc"), 0);

                assertThat(file.read(ByteBuffer.allocate(10), 0)).isEqualTo(3);
                assertThat(file.read(ByteBuffer.allocate(10), 3)).isEqualTo(-1);
                assertThatThrownBy(() -> file.readFully(ByteBuffer.allocate(2), 2))
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("short ends at 3");
                assertThatThrownBy(() -> file.view(2, 2))
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("short ends at 3");
            }
        }

        @Test
        void viewsAPartOfAFileThatNobodyCanChange() throws IOException {
            var disk = disk();
            try (var file = disk.create("data")) {
                file.write(bytes("0123456789"), 0);
            }

            try (var file = disk.openRead("data")) {
                var view = file.view(3, 4);

                assertThat(text(view)).isEqualTo("3456");
                assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
            }
        }

        @Test
        void viewsWhatWasAddedSinceTheLastView() throws IOException {
            try (var file = disk().create("data")) {
                file.write(bytes("01"), 0);
                var first = file.view(0, 2);
                file.write(bytes("23"), 2);

                assertThat(text(file.view(0, 4))).isEqualTo("0123");
                assertThat(text(first)).isEqualTo("01");
            }
        }

        @Test
        void cutsAFile() throws IOException {
            try (var file = disk().create("cut")) {
                file.write(bytes("0123456789"), 0);
                file.truncate(4);
                file.truncate(8);

                assertThat(file.size()).isEqualTo(4);
                file.write(bytes("x"), 6);
                assertThat(read(file, 0, 7)).isEqualTo("0123\0\0x");
            }
        }

        @Test
        void makesEveryFileOnce() throws IOException {
            var disk = disk();
            disk.create("t/a").close();

            assertThatThrownBy(() -> disk.create("t/a"))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining("t/a");
        }

        @Test
        void namesAFileThatIsNotThere() throws IOException {
            var disk = disk();

            assertThat(disk.exists("t/none")).isFalse();
            for (var open : List.<Attempt>of(disk::open, disk::openRead, path -> disk.rename(path, "b"))) {
                assertThatThrownBy(() -> open.on("none"))
                        .isInstanceOf(NoSuchFileException.class)
                        .hasMessageContaining("none");
            }
        }

        @Test
        void listsNamesInOrder() throws IOException {
            var disk = disk();
            for (var path : List.of("t/b", "t/a", "t/deep/er/x", "t/c")) {
                disk.create(path).close();
            }

            assertThat(disk.list("t")).containsExactly("a", "b", "c", "deep/");
            assertThat(disk.list("t/deep")).containsExactly("er/");
            assertThat(disk.list("")).containsExactly("t/");
            assertThat(disk.list("none")).isEmpty();
            assertThat(disk.exists("t/deep")).isTrue();
        }

        @Test
        void renamesInPlaceOfWhatHadTheName() throws IOException {
            var disk = disk();
            write(disk, "t/new", "new");
            write(disk, "t/old", "old");

            disk.rename("t/new", "t/old");

            assertThat(disk.list("t")).containsExactly("old");
            try (var file = disk.openRead("t/old")) {
                assertThat(read(file, 0, 3)).isEqualTo("new");
            }
        }

        @Test
        void readsOnInAFileThatWasDeletedWhileOpen() throws IOException {
            var disk = disk();
            write(disk, "t/a", "still");

            try (var file = disk.openRead("t/a")) {
                disk.delete("t/a");
                disk.delete("t/a");

                assertThat(disk.exists("t/a")).isFalse();
                assertThat(read(file, 0, 5)).isEqualTo("still");
            }
        }

        @Test
        void deletesOnlyDirectoriesThatAreEmpty() throws IOException {
            var disk = disk();
            disk.create("t/a").close();

            assertThatThrownBy(() -> disk.delete("t"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("t: the directory is not empty");
            disk.delete("t/a");
            disk.delete("t");

            assertThat(disk.exists("t")).isFalse();
        }

        @Test
        void opensNoDirectory() throws IOException {
            var disk = disk();
            disk.create("t/a").close();

            assertThatThrownBy(() -> disk.openRead("t"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("t: a directory");
        }

        @Test
        void writesOnlyWhatIsOpenForWriting() throws IOException {
            var disk = disk();
            write(disk, "a", "x");

            try (var file = disk.openRead("a")) {
                assertThatThrownBy(() -> file.write(bytes("y"), 0)).isInstanceOf(NonWritableChannelException.class);
            }
        }

        @Test
        void refusesWhatIsClosed() throws IOException {
            var file = disk().create("a");
            file.close();
            file.close();

            assertThatThrownBy(() -> file.write(bytes("y"), 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("a: ");
            assertThatThrownBy(() -> file.read(bytes("y"), 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("a: ");
        }

        @Test
        void syncsFilesAndDirectories() throws IOException {
            var disk = disk();
            try (var file = disk.create("t/a")) {
                file.write(bytes("x"), 0);
                file.force(false);
                file.force(true);
            }

            disk.syncDirectory("t");
            disk.syncDirectory("");

            assertThatThrownBy(() -> disk.syncDirectory("none"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("none");
        }

        @Test
        void leadsNowhereElse() throws IOException {
            var disk = disk();

            for (var path : List.of("../a", "/etc/passwd", "a/../../b", "a//b", "a/")) {
                assertThatThrownBy(() -> disk.create(path)).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void servesOneStoreOnly() throws IOException {
            var disk = disk();

            try (var lock = disk.lock()) {
                assertThat(lock).isNotNull();
                assertThat(disk.list("")).isEmpty();
                assertThatThrownBy(disk::lock).isInstanceOf(IOException.class).hasMessageContaining("already");
            }
            disk.lock().close();
        }

        @Test
        void knowsItsFreeSpace() throws IOException {
            assertThat(disk().freeBytes()).isPositive();
        }

        private interface Attempt {
            void on(String path) throws IOException;
        }

        private static void write(Disk disk, String path, String text) throws IOException {
            try (var file = disk.create(path)) {
                file.write(bytes(text), 0);
            }
        }

        private static ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }

        private static String read(DiskFile file, long position, int length) throws IOException {
            var buffer = ByteBuffer.allocate(length);
            file.readFully(buffer, position);
            return text(buffer.flip());
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        }
    }
}
