package io.ringsim.storage.table;

import java.time.Duration;

/**
 * When a memtable is flushed.
 *
 * @param bytes it may take: {@code MemtableThroughputInMB}
 * @param operations it may take: {@code MemtableOperationsInMillions}
 * @param age it may have: {@code MemtableFlushAfterMinutes}
 */
public record MemtableLimits(long bytes, long operations, Duration age) {
    public MemtableLimits {
        if (bytes < 1 || operations < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "a memtable's limits are positive: " + bytes + " bytes, " + operations + " operations, " + age);
        }
    }

    /** Cassandra 0.6's: 64 MiB, 0.3 binary million operations, 60 minutes. */
    public static MemtableLimits defaults() {
        return new MemtableLimits(64L << 20, 3 * 1024 * 1024 / 10, Duration.ofMinutes(60));
    }
}
