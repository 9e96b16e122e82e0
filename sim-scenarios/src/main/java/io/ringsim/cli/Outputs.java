package io.ringsim.cli;

import io.ringsim.input.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files people asked for. */
final class Outputs {
    private Outputs() {}

    /** Writes a text; an existing file only when told so. */
    static void write(Path file, String text, boolean force) {
        if (Files.exists(file) && !force) {
            throw BadInput.in(file.toString(), "is there already", "name another file, or add --force");
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
