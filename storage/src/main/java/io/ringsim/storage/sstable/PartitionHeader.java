package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Row;
import io.ringsim.data.Unfiltered;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.RowCodec;
import io.ringsim.storage.codec.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a partition begins with.
 *
 * <pre>
 * partition   bytes key, byte flags, [deletion], [item static row], items, byte 0
 *   flags     1 it is deleted, 2 it has a static row
 * item        varint length, a row or marker of that length as {@link RowCodec} writes it
 * </pre>
 *
 * @param staticRow empty if there is none
 */
record PartitionHeader(Bytes key, Deletion deletion, Row staticRow) {
    private static final int DELETED = 1;
    private static final int STATIC = 2;

    static void write(Bytes key, Deletion deletion, Row staticRow, ChunkWriter to) throws IOException {
        var room = to.room(lengthBeforeStatic(key, deletion));
        Varint.put(room, key);
        room.put((byte) ((deletion.isLive() ? 0 : DELETED) | (staticRow.isEmpty() ? 0 : STATIC)));
        if (!deletion.isLive()) {
            RowCodec.write(deletion, room);
        }
        if (!staticRow.isEmpty()) {
            writeItem(staticRow, to);
        }
    }

    static void writeItem(Unfiltered item, ChunkWriter to) throws IOException {
        int size = RowCodec.size(item);
        var room = to.room(Varint.size(size) + size);
        Varint.put(room, size);
        RowCodec.write(item, room);
    }

    /** Bytes of a header up to its static row. */
    static int lengthBeforeStatic(Bytes key, Deletion deletion) {
        return Varint.size(key) + 1 + (deletion.isLive() ? 0 : RowCodec.size(deletion));
    }

    /** Bytes of an item. */
    static int itemLength(Unfiltered item) {
        int size = RowCodec.size(item);
        return Varint.size(size) + size;
    }

    static PartitionHeader read(DataCursor from) throws IOException {
        long start = from.position();
        var key = bytes(from.take(from.readVarint()));
        int flags = from.readByte();
        if ((flags & ~(DELETED | STATIC)) != 0) {
            throw from.corrupt("a partition has unknown flags " + flags);
        }
        try {
            var deletion = (flags & DELETED) == 0 ? Deletion.LIVE : readDeletion(from);
            if ((flags & STATIC) == 0) {
                return new PartitionHeader(key, deletion, Row.empty(Bytes.EMPTY));
            }
            if (RowCodec.read(from.take(from.readVarint())) instanceof Row row) {
                return new PartitionHeader(key, deletion, row);
            }
            throw new Malformed("its static row is a marker");
        } catch (Malformed why) {
            throw from.corrupt("the partition that begins at " + start + ": " + why.getMessage());
        }
    }

    private static Bytes bytes(ByteBuffer from) {
        return Bytes.read(from, from.remaining());
    }

    private static Deletion readDeletion(DataCursor from) throws IOException, Malformed {
        long markedForDeleteAt = from.take(Long.BYTES).getLong();
        return new Deletion(markedForDeleteAt, from.readVarint());
    }
}
