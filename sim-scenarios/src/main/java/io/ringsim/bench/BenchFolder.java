package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/**
 * A folder for what a benchmark writes, on the disk of the working directory unless {@code ringsim.bench.folder} names
 * another.
 *
 * <p>Its files become empty when it is closed, and are deleted when the program ends. A file system may look at every file
 * that was deleted in the last minutes before it makes a new one, as ext4 does, and would slow down whoever makes the more
 * files.
 */
record BenchFolder(Path path) implements AutoCloseable {
    /** Holds all folders of this process. */
    @RealWorld("deletes what is left, also when the program is interrupted")
    private static final class OfProcess {
        private static final Path PATH = create();

        private static Path create() {
            try {
                var parent = Path.of(System.getProperty("ringsim.bench.folder", "out/bench"));
                var created = Files.createTempDirectory(Files.createDirectories(parent), "run-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(created)));
                return created;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void delete(Path folder) {
            try (var all = Files.walk(folder)) {
                for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    static BenchFolder fresh(String name) {
        try {
            return new BenchFolder(Files.createTempDirectory(OfProcess.PATH, name + "-"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A new directory in it. */
    Path directory(String name) {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Frees the space that its files take. */
    @Override
    public void close() {
        try (var all = Files.walk(path)) {
            for (var each : all.filter(Files::isRegularFile).toList()) {
                FileChannel.open(each, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
