package io.ringsim.streaming;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.FileHeader;

/**
 * A stretch of a file on its way from the disk to the network.
 *
 * @param content its bytes, once they are read; none of modelled content
 * @param corrupt whether the disk gave other bytes than were written once
 */
record Piece(Outgoing file, long offset, int length, Bytes content, boolean corrupt) {
    /**
     * A file that is being sent.
     *
     * @param from where in the file
     */
    record Outgoing(TableId table, int sequence, long from, StreamableFile file, int chunkBytes, int checksum) {
        FileHeader header() {
            return new FileHeader(
                    file.sstable(), file.sections().ranges(), file.bytes(), file.stored(), file.components());
        }
    }

    Piece read(Bytes bytes, boolean damaged) {
        return new Piece(file, offset, length, bytes, damaged);
    }

    boolean isFirst() {
        return offset == file.from();
    }

    /** Bytes of the file up to the end of this piece. */
    long end() {
        return offset + length;
    }
}
