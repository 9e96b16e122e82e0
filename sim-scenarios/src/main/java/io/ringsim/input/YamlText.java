package io.ringsim.input;

import java.util.List;
import java.util.regex.Pattern;

/** Writes YAML line by line. */
public final class YamlText {
    private static final int WIDTH = 100;
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+-]+)*|[0-9]+[A-Za-z][A-Za-z0-9/]*");
    private static final List<String> WORDS = List.of("true", "false", "null", "yes", "no", "on", "off", "~");

    private final StringBuilder text = new StringBuilder();

    /** A line {@code key: value}, the value as it stands. */
    public YamlText line(int depth, String key, String value) {
        text.append("  ".repeat(depth)).append(key).append(':');
        if (!value.isEmpty()) {
            text.append(' ').append(value);
        }
        text.append('\n');
        return this;
    }

    /** An item of a list, as it stands. */
    public YamlText item(int depth, String value) {
        text.append("  ".repeat(depth)).append("- ").append(value).append('\n');
        return this;
    }

    public YamlText comment(String comment) {
        text.append("# ").append(comment).append('\n');
        return this;
    }

    /** A text as YAML reads it back: plain where that is safe, else in quotes. */
    public static String quoted(String value) {
        if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT))) {
            return value;
        }
        var quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A list in brackets, broken into lines where it is long. */
    public static String list(int depth, List<String> items) {
        var list = new StringBuilder("[");
        int column = depth * 2;
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i) + (i + 1 < items.size() ? "," : "");
            if (column + item.length() > WIDTH) {
                list.append('\n').append("  ".repeat(depth + 1));
                column = depth * 2;
            } else if (i > 0) {
                list.append(' ');
            }
            list.append(item);
            column += item.length() + 1;
        }
        return list.append(']').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
