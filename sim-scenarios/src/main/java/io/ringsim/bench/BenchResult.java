package io.ringsim.bench;

/**
 * What one case of a benchmark measured, beside what it is compared with.
 *
 * @param name of the case, {@code ping-pong-100/bare}: what was done, then the reference
 * @param referenceName what the reference is, in words
 * @param largerIsBetter whether a larger figure is the better one
 */
public record BenchResult(
        String name, String unit, Figures ours, Figures reference, String referenceName, boolean largerIsBetter) {
    /** Ours against the reference, by medians, turned so that larger is better. */
    public double ratio() {
        return largerIsBetter ? ours.median() / reference.median() : reference.median() / ours.median();
    }
}
