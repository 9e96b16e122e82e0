package io.ringsim.storage.sstable;

import java.util.Optional;

/** Where a partition is in one SSTable. A value that a cache of keys may keep for as long as there is that SSTable. */
public final class IndexEntry {
    private static final int FIXED_WEIGHT = 40;
    private static final int BLOCK_WEIGHT = 160;

    private final long position;
    private final long size;
    private final Optional<ColumnIndex> columns;

    IndexEntry(long position, long size, Optional<ColumnIndex> columns) {
        this.position = position;
        this.size = size;
        this.columns = columns;
    }

    /** Where the partition begins, in bytes of the uncompressed data. */
    public long position() {
        return position;
    }

    /** Bytes of the partition before compression. */
    public long size() {
        return size;
    }

    Optional<ColumnIndex> columns() {
        return columns;
    }

    /** How many parts of the partition can be read without the others; 0 if it is always read from its begin. */
    public int blocks() {
        return columns.map(index -> index.blocks().size()).orElse(0);
    }

    /** About how many bytes of memory it takes. */
    public long weight() {
        return FIXED_WEIGHT + (long) blocks() * BLOCK_WEIGHT;
    }

    @Override
    public String toString() {
        return "IndexEntry[" + position + "+" + size + ", " + blocks() + " blocks]";
    }
}
