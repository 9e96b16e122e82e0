package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Walks along one line, word by word. What the line lacks is remembered rather than reported: it may turn out to be no
 * row at all.
 */
final class Cursor {
    private final String line;
    private int at;
    private int failedAt = 1;
    private int failedLength = 1;
    private String what = "";
    private String remedy = "";

    Cursor(String line) {
        this.line = line;
    }

    /** The column the next word begins at, counted from 1. */
    int column() {
        skipBlanks();
        return at + 1;
    }

    boolean isAtEnd() {
        skipBlanks();
        return at == line.length();
    }

    /** The next word, moving past it; empty at the end of the line. */
    String word() {
        skipBlanks();
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** The next word, staying before it. */
    String peek() {
        skipBlanks();
        int kept = at;
        String next = word();
        at = kept;
        return next;
    }

    /** All that is left, without the blanks around it. */
    String rest() {
        skipBlanks();
        String rest = line.substring(at).stripTrailing();
        at = line.length();
        return rest;
    }

    void moveTo(int column) {
        at = column - 1;
    }

    /** The Load column, one or two words: {@code 223.29 MiB}, {@code ?}. Nothing when it is no load. */
    Optional<OptionalLong> load() {
        int start = column();
        String number = word();
        if (number.equals("?")) {
            return Optional.of(OptionalLong.empty());
        }
        int digits = 0;
        while (digits < number.length() && "0123456789.,".indexOf(number.charAt(digits)) >= 0) {
            digits++;
        }
        boolean glued = digits < number.length();
        String unit = glued ? number.substring(digits) : word();
        OptionalLong bytes = LoadSize.bytes(number.substring(0, digits), unit);
        if (bytes.isPresent()) {
            return Optional.of(bytes);
        }
        String seen = (number + (glued ? "" : " " + unit)).strip();
        return fail(
                start,
                seen,
                seen.isEmpty() ? "the line ends before the load" : "'" + seen + "' is no load",
                "a load is a number with its unit (512 bytes, 30.9 KiB, 1.2 TB), or ?");
    }

    /** The Owns column, {@code 72.78%} or {@code ?}. False when it is neither. */
    boolean owns() {
        int start = column();
        String word = word();
        boolean isShare =
                word.endsWith("%") && (LoadSize.isDecimal(word.substring(0, word.length() - 1)) || word.equals("NaN%"));
        if (isShare || word.equals("?") || word.equals("\uFFFD%")) {
            return true;
        }
        fail(
                start,
                word,
                word.isEmpty() ? "the line ends before the ownership" : "'" + word + "' is no share of the ring",
                "Owns is a percentage (72.78%), or ?");
        return false;
    }

    /** Remembers why the line is no row. */
    <T> Optional<T> fail(int column, String word, String problem, String right) {
        failedAt = column;
        failedLength = Math.max(1, word.length());
        what = problem;
        remedy = right;
        return Optional.empty();
    }

    void report(Problems problems, Source source, int number) {
        problems.error(source, number, failedAt, failedLength, what, remedy);
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0';
    }
}
