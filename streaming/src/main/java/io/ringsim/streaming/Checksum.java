package io.ringsim.streaming;

import io.ringsim.data.TableId;

/** Checksums of modelled content: of where it belongs, which is all there is of it. */
final class Checksum {
    private static final int PRIME = 0x01000193;

    private Checksum() {}

    /** What all chunks of a file have in common. */
    static int ofFile(TableId table, int sequence) {
        return table.toString().hashCode() * PRIME + sequence;
    }

    static int ofChunk(int file, long offset, int length) {
        return ((file * PRIME + Long.hashCode(offset)) * PRIME + length) * PRIME;
    }
}
