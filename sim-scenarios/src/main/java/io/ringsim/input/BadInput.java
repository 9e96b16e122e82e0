package io.ringsim.input;

import java.util.List;
import java.util.stream.Collectors;

/** What was given cannot be used; nothing was done with it. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final int count;

    BadInput(List<Problem> problems, int count) {
        super(problems.stream().map(Problem::headline).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
        this.count = count;
    }

    /** The input as a whole is wrong. */
    public static BadInput in(String name, String what, String remedy) {
        return new BadInput(List.of(new Problem(name, 0, 0, 0, false, what, remedy, "")), 1);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** How many there are, which may be more than {@link #problems()} keeps. */
    public int count() {
        return count;
    }
}
