package io.ringsim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringsim.input.Golden;
import io.ringsim.scenario.RingRunner;
import io.ringsim.scenario.ScenarioRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One command line that ran: its exit code and what it printed. */
record Ran(int exitCode, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Ran with(String... args) {
        return with(new RingRunner(), "", args);
    }

    static Ran piped(String input, String... args) {
        return with(new RingRunner(), input, args);
    }

    static Ran with(ScenarioRunner runner, String input, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Shell(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Terminal.NONE,
                () -> runner);
        int exitCode = Commands.execute(shell, args);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(out, e);
        }
    }

    /** A file captured from a real ring. */
    static String captured(String name) {
        return Golden.resources().resolve("cassandra-5.0.5").resolve(name).toString();
    }

    static Path golden(String name) {
        return Golden.resources().resolve("golden").resolve(name);
    }
}
