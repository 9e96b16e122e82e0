package io.ringsim.storage.sstable;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How large a blocked Bloom filter has to be: keys fall on blocks unevenly, so it needs more than the textbook says.
 *
 * @param probes bits set for each key
 */
record BloomSizing(double bitsPerKey, int probes) {
    static final int MAX_PROBES = 14;

    private static final int BLOCK = 512;
    private static final double STEP = 0.5;
    private static final double MOST_BITS = 64;

    /** Found out before, by chance: tables have few, and files are many. */
    private static final Map<Double, BloomSizing> KNOWN = new ConcurrentSkipListMap<>();

    /** The smallest that keeps the share of false positives to {@code chance}, or else the largest there is. */
    static BloomSizing of(double chance) {
        return KNOWN.computeIfAbsent(chance, BloomSizing::find);
    }

    private static BloomSizing find(double chance) {
        double bits = 1;
        while (bits < MOST_BITS && share(bits, probes(bits)) > chance) {
            bits += STEP;
        }
        return new BloomSizing(bits, probes(bits));
    }

    private static int probes(double bitsPerKey) {
        return Math.max(1, Math.min(MAX_PROBES, (int) Math.round(bitsPerKey * 0.6)));
    }

    /** The share of false positives, over how many keys a block gets by chance: Poisson. */
    private static double share(double bitsPerKey, int probes) {
        double mean = BLOCK / bitsPerKey;
        double probability = StrictMath.exp(-mean);
        double share = 0;
        int most = (int) (mean * 2 + 40);
        for (int keys = 1; keys <= most; keys++) {
            probability *= mean / keys;
            double set = 1 - StrictMath.pow(1 - 1.0 / BLOCK, (double) probes * keys);
            share += probability * StrictMath.pow(set, probes);
        }
        return share;
    }
}
