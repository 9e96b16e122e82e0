package io.ringsim.streaming;

import io.ringsim.runtime.Clock;

/**
 * Decides when a file's progress is worth telling: a hundredth of the file and a second after the last time, never at its end,
 * which is told when the file is safe.
 */
final class ProgressMeter {
    private static final long EVERY_NANOS = 1_000_000_000;
    private static final int STEPS = 100;

    private final Clock clock;
    private long toldAt = Long.MIN_VALUE;
    private long toldBytes;

    ProgressMeter(Clock clock) {
        this.clock = clock;
    }

    boolean isWorthTelling(long bytes, long total) {
        if (bytes < toldBytes) {
            toldBytes = 0;
        }
        if (bytes >= total || bytes - toldBytes < total / STEPS || clock.nanos() - EVERY_NANOS < toldAt) {
            return false;
        }
        toldAt = clock.nanos();
        toldBytes = bytes;
        return true;
    }
}
