package io.ringsim.storage.engine;

import java.time.Duration;

/** When a write is acknowledged, and what that promises: {@code commitlog_sync}. */
public sealed interface SyncMode {
    /**
     * A write is acknowledged when the operating system has it, so it survives the death of this process; all is made safe
     * every period, so a crash of the machine loses what was acknowledged since. When a sync is late by half a period,
     * writes wait for it.
     */
    record Periodic(Duration period) implements SyncMode {
        public Periodic {
            positive(period);
        }
    }

    /** A write is acknowledged when it is safe; syncs follow one another without a pause, each for all that wait. */
    record Batch() implements SyncMode {}

    /** A write is acknowledged when it is safe; a sync waits for the window first, so that more writes share it. */
    record Group(Duration window) implements SyncMode {
        public Group {
            positive(window);
        }
    }

    /** Cassandra's default: every 10 s. */
    static SyncMode periodic() {
        return new Periodic(Duration.ofSeconds(10));
    }

    static SyncMode batch() {
        return new Batch();
    }

    private static void positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a commit log is synced every so often, not every " + duration);
        }
    }
}
