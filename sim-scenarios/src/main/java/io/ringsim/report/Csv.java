package io.ringsim.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma-separated rows after RFC 4180, but for the line ends, which are line feeds. */
final class Csv {
    private final StringBuilder text = new StringBuilder();

    Csv(String... columns) {
        row((Object[]) columns);
    }

    Csv row(Object... values) {
        text.append(Arrays.stream(values).map(Csv::quoted).collect(Collectors.joining(",")))
                .append('\n');
        return this;
    }

    private static String quoted(Object value) {
        String raw = value.toString();
        boolean plain = raw.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && raw.equals(raw.strip()) ? raw : '"' + raw.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
