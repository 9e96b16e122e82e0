package io.ringsim.bench;

/**
 * What one case of a benchmark measured, beside what it is compared with if there is such a thing.
 *
 * @param name of the case, {@code ping-pong-100/bare}: what was done, then the reference
 * @param reference measured in the same run, or an aim; {@link Figures#NONE} when there is nothing to compare with
 * @param referenceName what the reference is, in words; empty when there is none
 * @param largerIsBetter whether a larger figure is the better one
 */
public record BenchResult(
        String name, String unit, Figures ours, Figures reference, String referenceName, boolean largerIsBetter) {
    /** A figure that stands alone. */
    public static BenchResult alone(String name, String unit, Figures ours) {
        return new BenchResult(name, unit, ours, Figures.NONE, "", false);
    }

    public boolean isCompared() {
        return !referenceName.isEmpty();
    }

    /** Ours against the reference, by medians, turned so that larger is better; NaN without one. */
    public double ratio() {
        return largerIsBetter ? ours.median() / reference.median() : reference.median() / ours.median();
    }
}
