package io.ringsim.storage.sstable;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Writes JSON as it goes, in the layout of sstabledump: what is not flat begins a line for each of its parts, what is flat
 * stays on one.
 */
final class JsonEmitter {
    private static final String HEX = "0123456789abcdef";

    private static final class Level {
        private final char closing;
        private final boolean flat;
        private boolean empty = true;

        private Level(char closing, boolean flat) {
            this.closing = closing;
            this.flat = flat;
        }
    }

    private final Appendable out;
    private final boolean oneLine;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private boolean named;

    /** Writes in lines, or all on one. */
    JsonEmitter(Appendable out, boolean oneLine) {
        this.out = out;
        this.oneLine = oneLine;
    }

    JsonEmitter object() throws IOException {
        return open('{', '}', false);
    }

    /** Begins an object that stays on its line. */
    JsonEmitter flatObject() throws IOException {
        return open('{', '}', true);
    }

    JsonEmitter array() throws IOException {
        return open('[', ']', false);
    }

    /** Begins an array that stays on its line. */
    JsonEmitter flatArray() throws IOException {
        return open('[', ']', true);
    }

    private JsonEmitter open(char opening, char closing, boolean flat) throws IOException {
        beforeValue();
        out.append(opening);
        levels.push(new Level(closing, flat || oneLine || (!levels.isEmpty() && levels.peek().flat)));
        return this;
    }

    /** Ends the object or array begun last. */
    JsonEmitter end() throws IOException {
        var level = levels.pop();
        if (!level.empty) {
            separate(level);
        }
        out.append(level.closing);
        return this;
    }

    JsonEmitter name(String name) throws IOException {
        beforeValue();
        text(name);
        out.append(" : ");
        named = true;
        return this;
    }

    JsonEmitter value(String value) throws IOException {
        beforeValue();
        text(value);
        return this;
    }

    JsonEmitter value(long value) throws IOException {
        beforeValue();
        out.append(Long.toString(value));
        return this;
    }

    JsonEmitter value(boolean value) throws IOException {
        beforeValue();
        out.append(Boolean.toString(value));
        return this;
    }

    private void beforeValue() throws IOException {
        if (named) {
            named = false;
            return;
        }
        var level = levels.peek();
        if (level != null) {
            if (!level.empty) {
                out.append(',');
            }
            level.empty = false;
            separate(level);
        }
    }

    /** What stands between parts, the last and the closing bracket: a blank, or a new line. */
    private void separate(Level level) throws IOException {
        if (level.flat) {
            out.append(' ');
            return;
        }
        out.append('\n').append("  ".repeat(levels.size()));
    }

    private void text(String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(HEX.charAt((c >> shift) & 0xF));
                        }
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
