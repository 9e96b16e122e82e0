package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectFileTest {
    private static final int BLOCK = 512;
    private static final int MOST = 5 * DirectFile.BUFFER;

    @TempDir
    Path directory;

    /** Writes "past the cache" through it as well, so that every file system will do. */
    private DirectFile file(String name, WriteBehind helper) throws IOException {
        return file(created(name), helper);
    }

    private RealFile created(String name) throws IOException {
        return new RealFile(
                name,
                FileChannel.open(
                        directory.resolve(name),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    private DirectFile file(RealFile cached, WriteBehind helper) throws IOException {
        var direct = FileChannel.open(directory.resolve(cached.path()), StandardOpenOption.WRITE);
        return new DirectFile(cached, direct, BLOCK, new AlignedBuffers(DirectFile.BUFFER, 4), helper, () -> {});
    }

    /** Anything anywhere, mostly one after another, as it would be in memory. */
    private static void isLikeMemory(DiskFile file, long seed) throws IOException {
        var random = new Random(seed);
        var model = new byte[MOST];
        int size = 0;
        int at = 0;
        for (int i = 0; i < 60; i++) {
            int most = random.nextInt(4) == 0 ? 3 * BLOCK : DirectFile.BUFFER + 1;
            var some = new byte[random.nextInt(Math.min(most, MOST - at) + 1)];
            random.nextBytes(some);
            file.write(ByteBuffer.wrap(some), at);
            System.arraycopy(some, 0, model, at, some.length);
            at += some.length;
            size = Math.max(size, at);
            switch (random.nextInt(8)) {
                case 0 -> at = random.nextInt(size + 1);
                case 1 -> at = random.nextInt(size + 1) / BLOCK * BLOCK;
                case 2 -> file.force(random.nextBoolean());
                default -> {}
            }
        }
        file.force(true);

        var read = ByteBuffer.allocate(size);
        file.readFully(read, 0);
        assertThat(Arrays.equals(read.array(), Arrays.copyOf(model, size)))
                .as("content, seed %d", seed)
                .isTrue();
        assertThat(file.size()).as("size, seed %d", seed).isEqualTo(size);
    }

    @Test
    void keepsWhatIsWrittenAnywhereWithoutHelp() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            try (var file = file("file" + seed, WriteBehind.NONE)) {
                isLikeMemory(file, seed);
            }
        }
    }

    @Test
    void keepsWhatIsWrittenAnywhereWhileAHelperWrites() throws IOException {
        var helper = Executors.newSingleThreadExecutor();
        for (int seed = 0; seed < 20; seed++) {
            try (var file = file("file" + seed, helper::execute)) {
                isLikeMemory(file, seed);
            }
        }
        helper.shutdown();
    }

    @Test
    void keepsWhatIsWrittenAnywhereOnThisFileSystem() throws IOException {
        var disk = RealDisk.at(directory);
        var helper = Executors.newSingleThreadExecutor();
        for (int seed = 0; seed < 20; seed++) {
            var direct = disk.createDirect("file" + seed, helper::execute);
            try (var file = direct.isPresent() ? direct.get() : disk.create("file" + seed)) {
                isLikeMemory(file, seed);
            }
        }
        helper.shutdown();
    }

    @Test
    void keepsWhatIsWrittenNowPastTheCacheAndNowThroughIt() throws IOException {
        var helper = Executors.newFixedThreadPool(2);
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var costs = new WriteCosts();
            var cached = created("file" + seed);
            try (var file = new ArrivingFile(file(cached, helper::execute), cached, costs, helper::execute)) {
                isLikeMemory(changing(file, random, costs), seed);
            }
        }
        helper.shutdown();
    }

    /** At each write both ways have another price. */
    private static DiskFile changing(DiskFile file, Random random, WriteCosts costs) {
        return (DiskFile) Proxy.newProxyInstance(
                DiskFile.class.getClassLoader(), new Class<?>[] {DiskFile.class}, (self, method, given) -> {
                    if (method.getName().equals("write")) {
                        for (var way : WriteCosts.Way.values()) {
                            costs.took(way, random.nextInt(1 << 30), way.stretch);
                        }
                    }
                    return method.invoke(file, given);
                });
    }

    @Test
    void whatTheDeviceRefusesIsToldWhenItIsForced() throws IOException {
        Queue<Runnable> later = new ArrayDeque<>();
        var path = directory.resolve("file");
        var cached = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var refusing = FileChannel.open(path, StandardOpenOption.READ);
        refusing.close();
        try (var file = new DirectFile(
                new RealFile("file", cached),
                refusing,
                BLOCK,
                new AlignedBuffers(DirectFile.BUFFER, 4),
                later::add,
                () -> {})) {
            file.write(ByteBuffer.allocate(DirectFile.BUFFER), 0);
            later.remove().run();

            assertThatThrownBy(() -> file.force(true))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("file: ");
        }
    }

    @Test
    void whatTheDeviceRefusedOnceIsToldEachTimeItIsForced() throws IOException {
        var path = directory.resolve("file");
        var cached = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var refusing = FileChannel.open(path, StandardOpenOption.READ);
        refusing.close();
        var buffers = new AlignedBuffers(DirectFile.BUFFER, 4);
        try (var file =
                new DirectFile(new RealFile("file", cached), refusing, BLOCK, buffers, WriteBehind.NONE, () -> {})) {
            file.write(ByteBuffer.allocate(BLOCK), 0);

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> file.force(true))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("file: ");
            }
        }
    }

    @Test
    void moreFilesAtOnceThanMemoryIsForAreWrittenThroughTheCache() throws IOException {
        var disk = RealDisk.at(directory);

        int most = opensAtOnce(disk, "a");
        int again = opensAtOnce(disk, "b");

        assertThat(most).isLessThan(20);
        assertThat(again).isEqualTo(most);
        assertThat(disk.exists("a19")).isFalse();
    }

    /** Of 20 files; closes each twice. */
    private static int opensAtOnce(Disk disk, String name) throws IOException {
        Queue<DiskFile> open = new ArrayDeque<>();
        for (int i = 0; i < 20; i++) {
            disk.createDirect(name + i, WriteBehind.NONE).ifPresent(open::add);
        }
        for (var file : open) {
            file.close();
            file.close();
        }
        return open.size();
    }

    @Test
    void helpThatComesTooLateTouchesNothing() throws IOException {
        Queue<Runnable> later = new ArrayDeque<>();
        try (var file = file("file", later::add)) {
            file.write(ByteBuffer.allocate(2 * DirectFile.BUFFER), 0);
        }

        later.forEach(Runnable::run);

        assertThat(Files.size(directory.resolve("file"))).isZero();
    }

    @Test
    void aFileSystemWithoutDirectWritesSaysSoAndHasNoFile() throws IOException {
        try (var zip = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
            var disk = RealDisk.at(zip.getPath("/"));

            assertThat(disk.createDirect("file", WriteBehind.NONE)).isEmpty();
            assertThat(disk.exists("file")).isFalse();
        }
    }
}
