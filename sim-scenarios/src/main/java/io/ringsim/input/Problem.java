package io.ringsim.input;

/**
 * One thing that is wrong, where it is, and what would be right.
 *
 * @param line 0 when it concerns the whole file
 * @param length how many characters the caret line underlines
 * @param remedy may be empty
 * @param text the line itself; may be empty
 */
public record Problem(
        String file, int line, int column, int length, boolean isWarning, String what, String remedy, String text) {
    private static final int WIDTH = 110;

    /** {@code file:line:column: what is wrong; what would be right}. */
    public String headline() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return clean(place + ": " + (isWarning ? "warning: " : "") + what + (remedy.isEmpty() ? "" : "; " + remedy));
    }

    /** The headline, and below it the line with a caret under the place. */
    @Override
    public String toString() {
        if (line == 0 || text.isEmpty()) {
            return headline();
        }
        int start = column + length <= WIDTH ? 0 : Math.max(0, column - 1 - WIDTH * 2 / 3);
        int end = Math.min(text.length(), start + WIDTH);
        String number = String.format("%5d | ", line);
        String shown = clean(text.substring(Math.min(start, end), end));
        int caret = column - 1 - start;
        int carets = Math.max(1, Math.min(length, WIDTH - caret));
        return headline() + "\n" + number + shown + "\n      | " + " ".repeat(caret) + "^".repeat(carets);
    }

    /** Keeps control characters of a stranger's file away from the terminal. */
    private static String clean(String raw) {
        var clean = new StringBuilder(raw.length());
        raw.chars().forEach(c -> clean.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '\u00B7' : (char) c));
        return clean.toString();
    }
}
