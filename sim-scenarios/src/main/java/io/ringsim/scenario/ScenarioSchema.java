package io.ringsim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published JSON Schema of scenario files, for editors. */
public final class ScenarioSchema {
    private static final String NAME = "scenario.schema.json";

    private ScenarioSchema() {}

    public static String text() {
        try (InputStream schema = ScenarioSchema.class.getResourceAsStream(NAME)) {
            return new String(Objects.requireNonNull(schema, NAME).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
