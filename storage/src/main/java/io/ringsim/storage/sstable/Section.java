package io.ringsim.storage.sstable;

import io.ringsim.ring.TokenRange;

/**
 * The partitions of an SSTable whose tokens are in a range, and the chunks that hold them.
 *
 * @param from where the first begins in the uncompressed data, in bytes
 * @param to where the last ends
 * @param partitions how many, at least 1
 * @param storedFrom where in {@link Component#DATA} the chunk begins that holds {@code from}
 * @param storedTo where in {@link Component#DATA} the chunk that holds the last byte, and its checksum, end
 */
public record Section(TokenRange range, long from, long to, long partitions, long storedFrom, long storedTo) {
    /** Bytes of the partitions before compression. */
    public long bytes() {
        return to - from;
    }

    /** Bytes of the chunks as they are stored, the edges among them that belong to other partitions. */
    public long storedBytes() {
        return storedTo - storedFrom;
    }
}
