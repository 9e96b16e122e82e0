package io.ringsim.streaming;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.storage.StreamableFile;

/**
 * A stretch of a file on its way from the disk to the network.
 *
 * @param content its bytes, once they are read; none of modelled content
 * @param corrupt whether the disk gave other bytes than were written once
 */
record Piece(Outgoing file, long offset, int length, Bytes content, boolean corrupt) {
    /** A file that is being sent. */
    record Outgoing(TableId table, int sequence, StreamableFile file, int chunkBytes, int checksum) {}

    Piece read(Bytes bytes, boolean damaged) {
        return new Piece(file, offset, length, bytes, damaged);
    }

    boolean isFirst() {
        return offset == 0;
    }

    /** Bytes of the file up to the end of this piece. */
    long end() {
        return offset + length;
    }
}
