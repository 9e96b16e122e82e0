package io.ringsim.cli;

import java.util.Map;
import java.util.Properties;

/**
 * What is known of the terminal. Java cannot tell whether a stream is one, so the launcher says it.
 *
 * @param outIsTerminal whether people see standard output at once
 * @param errIsTerminal whether people see standard error at once
 * @param columns its width
 * @param color whether colours may be used at all
 */
record Terminal(boolean outIsTerminal, boolean errIsTerminal, int columns, boolean color) {
    private static final int DEFAULT_COLUMNS = 100;

    /** Without any terminal, as in a pipe. */
    static final Terminal NONE = new Terminal(false, false, DEFAULT_COLUMNS, false);

    static Terminal of(Properties properties, Map<String, String> environment) {
        boolean color =
                !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        return new Terminal(
                "true".equals(properties.getProperty("ringsim.stdout.tty")),
                "true".equals(properties.getProperty("ringsim.stderr.tty")),
                columns(properties.getProperty("ringsim.columns", "")),
                color);
    }

    private static int columns(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int columns = isNumber ? Integer.parseInt(text) : DEFAULT_COLUMNS;
        return columns < 20 ? DEFAULT_COLUMNS : columns;
    }
}
