package io.ringsim.bench;

import io.ringsim.report.Chart;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A benchmark. */
public interface Bench {
    /** What {@code ringsim bench NAME} calls it. */
    String name();

    /** One line for a list of benchmarks. */
    String description();

    /**
     * Measures every case, ours and reference in turn.
     *
     * @param progress is told, in a line for people, what is being measured
     */
    List<BenchResult> run(Consumer<String> progress);

    /** The same benchmark with the cases that take many minutes or much memory, if it has such cases. */
    default Optional<Bench> full() {
        return Optional.empty();
    }

    /** What this benchmark measured, as pictures. */
    default List<Chart> charts(List<BenchResult> results) {
        return List.of();
    }
}
