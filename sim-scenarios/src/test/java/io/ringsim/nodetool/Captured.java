package io.ringsim.nodetool;

import io.ringsim.input.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** Output captured from a real ring of three nodes of Cassandra 5.0.5, before, while and after a fourth joined. */
final class Captured {
    private Captured() {}

    static Source source(String name) {
        try (InputStream stream = Captured.class.getResourceAsStream("/cassandra-5.0.5/" + name)) {
            return Source.decoded(name, Objects.requireNonNull(stream, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImportedRing ring(String name) {
        return RingFiles.read(source(name), Optional.empty(), Optional.empty());
    }

    static ImportedRing ring(String name, String status) {
        return RingFiles.read(source(name), Optional.of(source(status)), Optional.empty());
    }
}
