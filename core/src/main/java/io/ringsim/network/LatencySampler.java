package io.ringsim.network;

/**
 * Draws latencies by looking up quantiles in tables that are filled once: a draw costs two table look-ups, and gives the
 * same number on every machine, because only {@link StrictMath} filled them.
 */
final class LatencySampler {
    private static final int BINS = 1024;
    private static final double Z99 = 2.3263478740408408;

    /** Quantiles 0/1024 to 1024/1024; the last bin, where the tail is, is split again. */
    private final double[] body = new double[BINS + 1];

    private final double[] tail = new double[BINS + 1];

    private LatencySampler(java.util.function.DoubleUnaryOperator quantile) {
        double edge = 0.5 / (BINS * (double) BINS);
        for (int i = 0; i <= BINS; i++) {
            body[i] = quantile.applyAsDouble(clamp(i / (double) BINS, edge));
            tail[i] = quantile.applyAsDouble(clamp((BINS - 1 + i / (double) BINS) / BINS, edge));
        }
    }

    static LatencySampler of(Latency latency) {
        if (latency instanceof Latency.Constant constant) {
            double nanos = constant.value().toNanos();
            return new LatencySampler(p -> nanos);
        }
        if (latency instanceof Latency.Uniform uniform) {
            double min = uniform.min().toNanos();
            double width = uniform.max().toNanos() - min;
            return new LatencySampler(p -> min + p * width);
        }
        var lognormal = (Latency.LogNormal) latency;
        double mu = StrictMath.log((double) lognormal.p50().toNanos());
        double sigma = (StrictMath.log((double) lognormal.p99().toNanos()) - mu) / Z99;
        return new LatencySampler(p -> StrictMath.exp(mu + sigma * normalQuantile(p)));
    }

    /** The latency in nanoseconds that belongs to 64 random bits. */
    long sample(long bits) {
        int bin = (int) (bits >>> 54);
        if (bin < BINS - 1) {
            return between(body, bin, (bits >>> 22) & 0xFFFF_FFFFL);
        }
        return between(tail, (int) (bits >>> 44) & (BINS - 1), (bits >>> 12) & 0xFFFF_FFFFL);
    }

    /** No draw is longer. */
    long max() {
        return (long) tail[BINS];
    }

    private static long between(double[] quantiles, int bin, long part) {
        double from = quantiles[bin];
        return (long) (from + (quantiles[bin + 1] - from) * (part * 0x1p-32));
    }

    private static double clamp(double probability, double edge) {
        return Math.min(1 - edge, Math.max(edge, probability));
    }

    /** The inverse of the normal distribution function (Acklam's approximation, relative error below 1.2e-9). */
    private static double normalQuantile(double p) {
        double low = 0.02425;
        if (p < low) {
            return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
        }
        if (p > 1 - low) {
            return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
        }
        double q = p - 0.5;
        double r = q * q;
        double above = ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                                                + 1.383577518672690e+02)
                                        * r
                                - 3.066479806614716e+01)
                        * r
                + 2.506628277459239e+00;
        double below = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                                                + 6.680131188771972e+01)
                                        * r
                                - 1.328068155288572e+01)
                        * r
                + 1;
        return q * above / below;
    }

    private static double tail(double q) {
        double above = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                                                - 2.549732539343734e+00)
                                        * q
                                + 4.374664141464968e+00)
                        * q
                + 2.938163982698783e+00;
        double below = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                                + 3.754408661907416e+00)
                        * q
                + 1;
        return above / below;
    }
}
