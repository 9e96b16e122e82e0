package io.ringsim.nodetool;

import java.util.Arrays;
import java.util.Optional;

/** A node's place in the ring, as the State column says it. */
public enum State {
    NORMAL("Normal"),
    LEAVING("Leaving"),
    JOINING("Joining"),
    MOVING("Moving");

    private final String word;

    State(String word) {
        this.word = word;
    }

    static Optional<State> ofWord(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    static Optional<State> ofLetter(char letter) {
        return Arrays.stream(values())
                .filter(state -> state.word.charAt(0) == letter)
                .findFirst();
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
