package io.ringsim.bench;

import java.util.List;

/** The smallest, the middle and the largest of several measurements. */
public record Figures(double min, double median, double max) {
    /** Nothing was measured. */
    public static final Figures NONE = exactly(Double.NaN);

    /** Of at least one measurement. */
    public static Figures of(List<Double> measurements) {
        var sorted = measurements.stream().sorted().toList();
        return new Figures(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    /** The same in another unit. */
    Figures times(double factor) {
        return new Figures(min * factor, median * factor, max * factor);
    }

    /** A figure that is set, not measured: a limit, or one to be reached. */
    public static Figures exactly(double value) {
        return new Figures(value, value, value);
    }
}
