package io.ringsim.scenario;

import io.ringsim.input.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scenario files under {@code scenarios}: good ones, ill-formed ones, and well-formed ones that mean nothing. */
final class Corpus {
    private Corpus() {}

    static List<Path> good() {
        return files("good");
    }

    static List<Path> badShape() {
        return files("bad-shape");
    }

    static List<Path> badMeaning() {
        return files("bad-meaning");
    }

    static Stream<Path> bad() {
        return Stream.concat(badShape().stream(), badMeaning().stream());
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files =
                Files.list(Golden.resources().resolve("scenarios").resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
