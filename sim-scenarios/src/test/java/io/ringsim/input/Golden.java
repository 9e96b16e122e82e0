package io.ringsim.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts, kept as files beside the tests; {@code -Dringsim.golden=write} writes them anew. */
public final class Golden {
    private Golden() {}

    /** The folder of the tests' files. */
    public static Path resources() {
        return Path.of(System.getProperty("ringsim.root", ".."), "sim-scenarios", "src", "test", "resources");
    }

    public static void check(Path file, String actual) {
        try {
            if (System.getProperty("ringsim.golden", "").equals("write")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
            }
            assertThat(actual).as(file.getFileName().toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
