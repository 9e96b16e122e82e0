package io.ringsim.storage.table;

/**
 * How compaction works.
 *
 * @param automatic whether SSTables are compacted when enough of a size have come together
 * @param throughput bytes per second that all compactions together read, 0 for no limit:
 *     {@code compaction_throughput}
 */
public record CompactionSettings(SizeTiered strategy, boolean automatic, long throughput) {
    public CompactionSettings {
        if (throughput < 0) {
            throw new IllegalArgumentException("compaction_throughput is not negative: " + throughput);
        }
    }

    /** Size-tiered, 64 MiB/s. */
    public static CompactionSettings defaults() {
        return new CompactionSettings(SizeTiered.defaults(), true, 64L << 20);
    }
}
