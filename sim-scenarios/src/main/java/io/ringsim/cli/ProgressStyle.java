package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Suggestion;
import java.util.List;

/** How a command says how far it is. */
enum ProgressStyle {
    /** One line that changes; for terminals. */
    BAR,
    /** A line every five percent; for logs. */
    PLAIN,
    NONE;

    /** What {@code --progress} asks for; {@code auto} is a bar on a terminal and lines elsewhere. */
    static ProgressStyle of(String option, Terminal terminal) {
        return switch (option) {
            case "auto" -> terminal.errIsTerminal() ? BAR : PLAIN;
            case "bar" -> BAR;
            case "plain" -> PLAIN;
            case "none" -> NONE;
            default ->
                throw BadInput.in(
                        "--progress",
                        "'" + option + "' is not known",
                        Suggestion.remedy(option, List.of("auto", "bar", "plain", "none")));
        };
    }
}
