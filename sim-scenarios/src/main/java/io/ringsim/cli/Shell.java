package io.ringsim.cli;

import io.ringsim.input.Problem;
import io.ringsim.input.Source;
import io.ringsim.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a command works with.
 *
 * @param out for data only
 * @param err for everything said to people
 * @param runner made only when a scenario runs: most commands need no actors
 */
record Shell(PrintStream out, PrintStream err, InputStream in, Terminal terminal, Supplier<ScenarioRunner> runner) {
    /** The text of a file, or of standard input where the name is {@code -}. */
    Source read(String file) {
        if (!file.equals("-")) {
            return Source.read(Path.of(file));
        }
        try {
            return Source.decoded("standard input", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String message) {
        err.println(message);
    }

    void warn(List<Problem> warnings) {
        warnings.forEach(warning -> err.println(warning.toString()));
    }
}
