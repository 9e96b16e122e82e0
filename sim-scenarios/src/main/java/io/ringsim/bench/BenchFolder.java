package io.ringsim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder for what a benchmark writes, on the disk of the working directory unless {@code ringsim.bench.folder} names
 * another.
 */
record BenchFolder(Path path) implements AutoCloseable {
    static BenchFolder fresh(String name) {
        try {
            var parent = Path.of(System.getProperty("ringsim.bench.folder", "out/bench"));
            Files.createDirectories(parent);
            return new BenchFolder(Files.createTempDirectory(parent, name + "-"));
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

    /** Deletes it with all that is in it. */
    @Override
    public void close() {
        try (var all = Files.walk(path)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
