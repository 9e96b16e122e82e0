package io.ringsim.bench;

/**
 * What one case of a benchmark measured, beside what it is compared with if there is such a thing.
 *
 * @param name of the case, {@code ping-pong-100/bare}: what was done, then the reference
 * @param reference measured in the same run, or an aim; {@link Figures#NONE} when there is nothing to compare with
 * @param referenceName what the reference is, in words; empty when there is none
 * @param largerIsBetter whether a larger figure is the better one
 * @param by which round of several stands for all
 */
public record BenchResult(
        String name,
        String unit,
        Figures ours,
        Figures reference,
        String referenceName,
        boolean largerIsBetter,
        By by) {
    /** Which round of several stands for all. */
    public enum By {
        MEDIAN,
        /**
         * The best: for what writes many bytes to files. A virtual machine gives free memory back to its host, and gets it again page
         * by page, while somebody writes; that takes up to five seconds of a processor for a GiB, meets either at random, and tells
         * nothing of what is measured.
         */
        BEST;

        private double of(Figures figures, boolean largerIsBetter) {
            if (this == MEDIAN) {
                return figures.median();
            }
            return largerIsBetter ? figures.max() : figures.min();
        }
    }

    /** One for which the middle round stands. */
    public BenchResult(
            String name, String unit, Figures ours, Figures reference, String referenceName, boolean largerIsBetter) {
        this(name, unit, ours, reference, referenceName, largerIsBetter, By.MEDIAN);
    }

    /** A figure that stands alone. */
    public static BenchResult alone(String name, String unit, Figures ours) {
        return new BenchResult(name, unit, ours, Figures.NONE, "", false);
    }

    public boolean isCompared() {
        return !referenceName.isEmpty();
    }

    /** The figure that stands for ours. */
    public double our() {
        return by.of(ours, largerIsBetter);
    }

    /** The figure that stands for the reference; NaN without one. */
    public double their() {
        return by.of(reference, largerIsBetter);
    }

    /** Ours against the reference, turned so that larger is better; NaN without one. */
    public double ratio() {
        return largerIsBetter ? our() / their() : their() / our();
    }
}
