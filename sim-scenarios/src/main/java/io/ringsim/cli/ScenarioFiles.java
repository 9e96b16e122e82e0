package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Suggestion;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds scenarios: files by their path, suites by their name. */
final class ScenarioFiles {
    private static final String SUITES = "suites/";

    private ScenarioFiles() {}

    /** The scenario of a file, of a shipped suite, or of standard input where the name is {@code -}. */
    static Scenario read(String name, List<String> overrides, Problems problems, Shell shell) {
        Path file = Path.of(name);
        if (!name.equals("-") && !Files.exists(file)) {
            Optional<Source> suite = Suites.source(bare(name));
            if (suite.isPresent()) {
                return ScenarioReader.read(suite.get(), Path.of("."), overrides, problems);
            }
            if (!name.contains(".") && !bare(name).contains("/")) {
                throw BadInput.in(
                        name, "there is no such file and no such suite", Suggestion.remedy(bare(name), Suites.names()));
            }
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        return ScenarioReader.read(shell.read(name), folder, overrides, problems);
    }

    private static String bare(String name) {
        return name.startsWith(SUITES) ? name.substring(SUITES.length()) : name;
    }
}
