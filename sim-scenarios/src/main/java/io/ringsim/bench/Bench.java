package io.ringsim.bench;

import java.util.List;
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
}
