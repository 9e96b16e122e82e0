package io.ringsim.nodetool;

import java.util.List;
import java.util.Optional;

/** A node's place in the ring, as the State column says it. */
public enum State {
    NORMAL("Normal"),
    LEAVING("Leaving"),
    JOINING("Joining"),
    MOVING("Moving");

    private static final List<State> ALL = List.of(values());

    private final String word;

    State(String word) {
        this.word = word;
    }

    static Optional<State> ofWord(String word) {
        for (State state : ALL) {
            if (state.word.equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    static Optional<State> ofLetter(char letter) {
        for (State state : ALL) {
            if (state.letter() == letter) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether the word at that place of a line is a state. */
    static boolean isAt(String line, int at) {
        for (State state : ALL) {
            int end = at + state.word.length();
            if (line.startsWith(state.word, at) && (end == line.length() || Cursor.isBlank(line.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    /** As {@code nodetool ring} prints it: {@code Normal}. */
    public String word() {
        return word;
    }

    /** As {@code nodetool status} prints it: {@code N}. */
    public char letter() {
        return word.charAt(0);
    }
}
