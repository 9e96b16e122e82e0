package io.ringsim.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers all that is wrong with an input, so that people see it at once. */
public final class Problems {
    /** A file with more errors than this is the wrong file: counting goes on, keeping does not. */
    private static final int KEPT = 100;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int dropped;

    public void error(Source source, int line, int column, int length, String what, String remedy) {
        add(new Problem(source.name(), line, column, length, false, what, remedy, source.line(line)));
    }

    public void error(Source source, String what, String remedy) {
        error(source, 0, 0, 0, what, remedy);
    }

    public void warning(Source source, int line, int column, int length, String what, String remedy) {
        add(new Problem(source.name(), line, column, length, true, what, remedy, source.line(line)));
    }

    public void warning(Source source, String what, String remedy) {
        warning(source, 0, 0, 0, what, remedy);
    }

    public void add(Problem problem) {
        List<Problem> list = problem.isWarning() ? warnings : errors;
        if (list.size() < KEPT) {
            list.add(problem);
        } else if (!problem.isWarning()) {
            dropped++;
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public List<Problem> errors() {
        return sorted(errors);
    }

    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** File by file, as they were first named; from top to bottom in each. */
    private static List<Problem> sorted(List<Problem> problems) {
        List<String> files = problems.stream().map(Problem::file).distinct().toList();
        return problems.stream()
                .sorted(Comparator.comparingInt((Problem problem) -> files.indexOf(problem.file()))
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }

    /** How many errors there are, the ones not kept included. */
    public int errorCount() {
        return errors.size() + dropped;
    }

    /** Ends the reading here when anything is wrong. */
    public void throwIfAny() {
        if (hasErrors()) {
            throw new BadInput(errors(), errorCount());
        }
    }
}
