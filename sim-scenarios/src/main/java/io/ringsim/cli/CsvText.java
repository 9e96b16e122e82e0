package io.ringsim.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values, as RFC 4180 has them. */
final class CsvText {
    private CsvText() {}

    static String line(List<String> values) {
        return values.stream().map(CsvText::quoted).collect(Collectors.joining(",")) + "\n";
    }

    static String line(String... values) {
        return line(List.of(values));
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
