package io.ringsim.storage.engine;

import io.ringsim.storage.commitlog.CommitLogSettings;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.MemtableLimits;

/**
 * How a storage engine works.
 *
 * @param memtables when the memtable of a table is flushed
 * @param memory bytes that all memtables together may take before writers have to wait
 * @param cleanupThreshold the share of that memory at which the largest memtable is flushed, above 0, up to 1:
 *     {@code memtable_cleanup_threshold}
 * @param streamEntireSSTables whether an SSTable of which a peer is to get all is sent as it is, component by component:
 *     {@code stream_entire_sstables}
 */
public record EngineSettings(
        SyncMode sync,
        CommitLogSettings commitLog,
        MemtableLimits memtables,
        long memory,
        double cleanupThreshold,
        CompactionSettings compaction,
        boolean streamEntireSSTables) {
    public EngineSettings {
        if (memory < 1 || !(cleanupThreshold > 0 && cleanupThreshold <= 1)) {
            throw new IllegalArgumentException("memtables need memory, and a share of it to be flushed at: " + memory
                    + " bytes, " + cleanupThreshold);
        }
    }

    /** For a node with a disk of its own: sync every 10 s, 512 MiB of memtables, flushed from a third of it on. */
    public static EngineSettings defaults() {
        return new EngineSettings(
                SyncMode.periodic(),
                CommitLogSettings.defaults(),
                MemtableLimits.defaults(),
                512L << 20,
                1.0 / 3,
                CompactionSettings.defaults(),
                true);
    }

    /** For one of hundreds of nodes in one process: takes little memory. */
    public static EngineSettings simulated() {
        return new EngineSettings(
                SyncMode.periodic(),
                CommitLogSettings.simulated(),
                MemtableLimits.defaults(),
                16L << 20,
                1.0 / 3,
                CompactionSettings.defaults(),
                true);
    }

    public EngineSettings with(SyncMode changed) {
        return new EngineSettings(
                changed, commitLog, memtables, memory, cleanupThreshold, compaction, streamEntireSSTables);
    }

    public EngineSettings with(CommitLogSettings changed) {
        return new EngineSettings(sync, changed, memtables, memory, cleanupThreshold, compaction, streamEntireSSTables);
    }

    public EngineSettings with(MemtableLimits changed) {
        return new EngineSettings(sync, commitLog, changed, memory, cleanupThreshold, compaction, streamEntireSSTables);
    }

    public EngineSettings with(CompactionSettings changed) {
        return new EngineSettings(sync, commitLog, memtables, memory, cleanupThreshold, changed, streamEntireSSTables);
    }

    public EngineSettings withCleanupThreshold(double share) {
        return new EngineSettings(sync, commitLog, memtables, memory, share, compaction, streamEntireSSTables);
    }

    public EngineSettings withMemory(long bytes) {
        return new EngineSettings(
                sync, commitLog, memtables, bytes, cleanupThreshold, compaction, streamEntireSSTables);
    }

    public EngineSettings withEntireSSTables(boolean entire) {
        return new EngineSettings(sync, commitLog, memtables, memory, cleanupThreshold, compaction, entire);
    }
}
