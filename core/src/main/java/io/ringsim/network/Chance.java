package io.ringsim.network;

/**
 * The seeded chance of one message on one link (SplitMix64). It depends on the seed, the link, the channel and the instant
 * only, so what befalls one message never changes what befalls another, and no link has to keep a stream of its own.
 */
final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    void begin(Host from, Host to, int channel, long instant, int number) {
        state = mix(from.salt + mix(to.salt + mix(instant + mix(channel * GOLDEN + number))));
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** Draws only where there is something to decide. */
    boolean happens(double probability) {
        return probability > 0 && (bits() >>> 11) * 0x1p-53 < probability;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
