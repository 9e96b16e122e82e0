package io.ringsim.data;

import java.time.Duration;

/**
 * What an operator may tune of a table.
 *
 * @param gcGrace how long tombstones are kept: {@code gc_grace_seconds}
 * @param defaultTtl seconds that rows live when a write says nothing, 0 for ever: {@code default_time_to_live}
 * @param compression of SSTables
 * @param chunkLength bytes that are compressed together, a power of two: {@code chunk_length_in_kb}
 * @param bloomFilterChance the wanted share of false positives, above 0, up to 1; 1 means no filter
 * @param columnIndexSize bytes of a partition per entry of its column index: {@code column_index_size}
 * @param keysCached how many keys' positions are cached
 * @param rowsCached how many whole partitions are cached
 */
public record TableOptions(
        Duration gcGrace,
        int defaultTtl,
        Compression compression,
        int chunkLength,
        double bloomFilterChance,
        int columnIndexSize,
        int keysCached,
        int rowsCached) {
    public enum Compression {
        NONE,
        LZ4,
        ZSTD
    }

    public TableOptions {
        if (Integer.bitCount(chunkLength) != 1 || chunkLength < 1024) {
            throw new IllegalArgumentException(
                    "chunk_length is a power of two of at least 1 KiB, not " + chunkLength + " bytes");
        }
        if (!(bloomFilterChance > 0 && bloomFilterChance <= 1)) {
            throw new IllegalArgumentException(
                    "bloom_filter_fp_chance is above 0, at most 1, not " + bloomFilterChance);
        }
        if (gcGrace.isNegative() || defaultTtl < 0 || columnIndexSize < 1 || keysCached < 0 || rowsCached < 0) {
            throw new IllegalArgumentException("a table's times, sizes and counts are not negative");
        }
    }

    /** Cassandra's: 10 days of grace, LZ4 in chunks of 16 KiB, a filter with 1 % of false positives, no row cache. */
    public static TableOptions defaults() {
        return new TableOptions(Duration.ofDays(10), 0, Compression.LZ4, 16 << 10, 0.01, 64 << 10, 200_000, 0);
    }

    public TableOptions withGcGrace(Duration changed) {
        return new TableOptions(
                changed,
                defaultTtl,
                compression,
                chunkLength,
                bloomFilterChance,
                columnIndexSize,
                keysCached,
                rowsCached);
    }

    public TableOptions withCompression(Compression changed, int length) {
        return new TableOptions(
                gcGrace, defaultTtl, changed, length, bloomFilterChance, columnIndexSize, keysCached, rowsCached);
    }

    public TableOptions withColumnIndexSize(int changed) {
        return new TableOptions(
                gcGrace, defaultTtl, compression, chunkLength, bloomFilterChance, changed, keysCached, rowsCached);
    }

    public TableOptions withCaches(int keys, int rows) {
        return new TableOptions(
                gcGrace, defaultTtl, compression, chunkLength, bloomFilterChance, columnIndexSize, keys, rows);
    }
}
