package io.ringsim.streaming;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;

/** Checksums of content: of where it belongs, which is all there is of modelled content, and of its bytes. */
final class Checksum {
    private static final int PRIME = 0x01000193;

    private Checksum() {}

    /** What all chunks of a file have in common. */
    static int ofFile(TableId table, int sequence) {
        return table.toString().hashCode() * PRIME + sequence;
    }

    static int ofChunk(int file, long offset, int length, Bytes content) {
        int place = ((file * PRIME + Long.hashCode(offset)) * PRIME + length) * PRIME;
        return content.isEmpty() ? place : place ^ content.crc32c();
    }
}
