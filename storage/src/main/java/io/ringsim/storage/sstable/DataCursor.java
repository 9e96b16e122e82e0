package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.CorruptFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the uncompressed data from some position on. For one thread, until something else uses the same buffers. */
final class DataCursor {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DataFile file;
    private final ReadBuffers buffers;
    private final ChunkTable table;
    private final long end;
    private long position;

    /** The chunk that holds the position, or one that was left behind. */
    private ByteBuffer chunk = NOTHING;

    private long chunkStart;

    DataCursor(DataFile file, ReadBuffers buffers) {
        this.file = file;
        this.buffers = buffers;
        this.table = file.table();
        this.end = table.dataLength();
    }

    long position() {
        return position;
    }

    void seek(long to) {
        position = to;
    }

    /** Makes the chunk of the position the current one; returns where in it the position is. */
    private int enter() throws IOException {
        long within = position - chunkStart;
        if (within >= 0 && within < chunk.capacity()) {
            return (int) within;
        }
        if (position < 0 || position >= end) {
            throw corrupt("the data ends at " + end + ", before what should be");
        }
        int index = table.chunkAt(position);
        chunk = NOTHING;
        chunk = file.chunk(index, buffers);
        chunkStart = table.start(index);
        return (int) (position - chunkStart);
    }

    int readByte() throws IOException {
        int at = enter();
        position++;
        return chunk.clear().get(at) & 0xFF;
    }

    /** A number of 0 or more, as {@link io.ringsim.storage.codec.Varint} puts it. */
    long readVarint() throws IOException {
        long start = position;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        position = start;
        throw corrupt("a length has more than 63 bits");
    }

    /** The next bytes, as they are valid until more is read. */
    ByteBuffer take(long length) throws IOException {
        if (length < 0 || length > end - position || length > Integer.MAX_VALUE - 8) {
            throw corrupt("the data ends at " + end + ", before " + length + " bytes that should be");
        }
        if (length == 0) {
            return NOTHING;
        }
        int at = enter();
        if (length <= chunk.capacity() - at) {
            position += length;
            return chunk.clear().position(at).limit(at + (int) length);
        }
        return join((int) length);
    }

    private ByteBuffer join(int length) throws IOException {
        var joined = buffers.joined(length);
        while (joined.hasRemaining()) {
            int at = enter();
            int some = Math.min(joined.remaining(), chunk.capacity() - at);
            joined.put(chunk.clear().position(at).limit(at + some));
            position += some;
        }
        return joined.flip();
    }

    /** How many of the next bytes can be taken without being joined from several chunks, at most {@code count}. */
    int upToChunkEnd(long count) throws IOException {
        int at = enter();
        return (int) Math.min(count, chunk.capacity() - at);
    }

    void skip(long length) throws IOException {
        if (length < 0 || length > end - position) {
            throw corrupt("the data ends at " + end + ", before " + length + " bytes that should be");
        }
        position += length;
    }

    CorruptFile corrupt(String what) {
        return file.corrupt(position, what);
    }
}
