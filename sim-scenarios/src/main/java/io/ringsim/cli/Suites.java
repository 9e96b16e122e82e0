package io.ringsim.cli;

import io.ringsim.input.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The scenarios that ship. */
final class Suites {
    private static final String FOLDER = "/suites/";
    private static final List<String> NAMES = List.of(
            "bootstrap",
            "decommission",
            "remove",
            "replace",
            "grow-and-shrink",
            "bootstrap-under-faults",
            "bootstrap-with-rows");

    private Suites() {}

    static List<String> names() {
        return NAMES;
    }

    static Optional<Source> source(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream stream = Suites.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("suite " + name + " is missing from the jar");
            }
            return Optional.of(Source.decoded(name + ".yaml", stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
