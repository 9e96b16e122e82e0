package io.ringsim.streaming;

import io.ringsim.data.TableId;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.FileHeader;

/** A stretch of a file on its way from the network to the disk: a descriptor, not the bytes. */
record Arrival(Incoming file, Chunk chunk) {
    /** A file that is being received. */
    record Incoming(TableId table, int sequence, FileHeader header, int checksum) {}

    boolean isIntact() {
        return chunk.checksum() == Checksum.ofChunk(file.checksum(), chunk.offset(), chunk.length(), chunk.content());
    }

    /** Bytes of the file up to the end of this stretch. */
    long end() {
        return chunk.offset() + chunk.length();
    }

    boolean isLast() {
        return end() == file.header().bytes();
    }
}
