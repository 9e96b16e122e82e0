package io.ringsim.network.wire;

import java.io.Serial;

/** Bytes from elsewhere that are not what they were said to be. The message is one line a person can read. */
public final class UnreadableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int LENGTH_MAX = 300;

    public UnreadableException(String message) {
        super(oneLine(message));
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "...";
    }
}
