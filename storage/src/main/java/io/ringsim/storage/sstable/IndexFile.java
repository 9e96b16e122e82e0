package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import io.ringsim.storage.disk.CorruptFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An open {@link Component#INDEX} file. For any number of threads.
 *
 * <pre>
 * file        header, pieces
 * piece       byte kind, int length, body of that length, int CRC32C of all before it in the piece
 *   kind      1 the column index of the partition that comes next, 2 a block of keys
 * keys        long position, entries, 128 in each block but the last
 * entry       bytes key, varint size, varint columns
 * </pre>
 *
 * <p>The position is that of the block's first partition in the data, the size that of the partition: the next begins where
 * it ends. {@code columns} is the offset of the piece with the partition's column index, 0 for none.
 */
final class IndexFile implements Closeable {
    static final byte COLUMNS = 1;
    static final byte KEYS = 2;

    /** Bytes of a piece without a body. */
    static final int MIN_PIECE = 1 + 2 * Integer.BYTES;

    private final FileView file;
    private final Summary summary;
    private final Partitioner partitioner;
    private final long partitions;
    private final long dataLength;

    IndexFile(FileView file, Summary summary, Partitioner partitioner, long partitions, long dataLength) {
        this.file = file;
        this.summary = summary;
        this.partitioner = partitioner;
        this.partitions = partitions;
        this.dataLength = dataLength;
    }

    String path() {
        return file.path();
    }

    long size() {
        return file.size();
    }

    Summary summary() {
        return summary;
    }

    /** Where the key's partition is. */
    Optional<IndexEntry> locate(Key key, ReadBuffers buffers) throws IOException {
        int block = summary.blockOf(key);
        if (block < 0) {
            return Optional.empty();
        }
        var body = block(block, buffers);
        try {
            long position = body.getLong();
            while (body.hasRemaining()) {
                boolean found = skipKey(body, key.bytes());
                long size = size(body, position);
                long columns = Varint.get(body);
                if (found) {
                    return Optional.of(new IndexEntry(position, size, columns(columns, size, buffers)));
                }
                position += size;
            }
            return Optional.empty();
        } catch (Malformed why) {
            throw corrupt(block, why);
        }
    }

    /** Moves past a key; tells whether it is that one. */
    private static boolean skipKey(ByteBuffer body, Bytes key) throws Malformed {
        int length = Varint.getLength(body);
        int start = body.position();
        body.position(start + length);
        if (length != key.size()) {
            return false;
        }
        // Keys that come one after another in a table are more often alike in their beginnings than in their ends.
        for (int i = length - 1; i >= 0; i--) {
            if (body.get(start + i) != key.at(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads the size of the partition that begins there. */
    long size(ByteBuffer body, long position) throws Malformed {
        long size = Varint.get(body);
        if (size <= 0 || position < 0 || size > dataLength - position) {
            throw new Malformed("a partition of " + size + " bytes at " + position + " is not in " + dataLength);
        }
        return size;
    }

    private Optional<ColumnIndex> columns(long offset, long partitionSize, ReadBuffers buffers) throws IOException {
        if (offset == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ColumnIndex.read(columnsBody(offset, buffers), partitionSize));
        } catch (Malformed why) {
            throw Header.corrupt(file.path(), offset, "column index: " + why.getMessage());
        }
    }

    /** The body of a block of keys. */
    ByteBuffer block(int block, ReadBuffers buffers) throws IOException {
        var piece = piece(KEYS, summary.offset(block), summary.length(block), buffers);
        if (piece.remaining() <= Long.BYTES) {
            throw Header.corrupt(file.path(), summary.offset(block), "a block of keys is empty");
        }
        int end = piece.limit();
        if (piece.duplicate().limit(end + Integer.BYTES).getInt(end) != summary.check(block)) {
            throw Header.corrupt(file.path(), summary.offset(block), "a block of keys is not that of the summary");
        }
        return piece;
    }

    /** The body of a piece; its checksum follows the buffer's limit. */
    private ByteBuffer piece(byte kind, long offset, int length, ReadBuffers buffers) throws IOException {
        try {
            var part = file.part(offset, length, buffers);
            int start = part.position();
            int end = part.limit() - Integer.BYTES;
            int check = buffers.crc(part.duplicate().limit(end));
            if (part.getInt(end) != check) {
                throw Header.corrupt(file.path(), offset, "the checksum of a piece does not match");
            }
            if (part.get(start) != kind || part.getInt(start + 1) != length - MIN_PIECE) {
                throw Header.corrupt(file.path(), offset, "it holds another piece than the summary says");
            }
            var body = part.duplicate();
            return body.position(start + 1 + Integer.BYTES).limit(end);
        } catch (InternalError fault) {
            throw new IOException(file.path() + " at " + offset + ": the disk failed to read; check it", fault);
        }
    }

    /**
     * A place between two partitions.
     *
     * @param ordinal how many partitions come before it
     * @param position where the next begins in the data, or where the data ends
     */
    record Boundary(long ordinal, long position) {}

    Boundary start() {
        return new Boundary(0, 0);
    }

    Boundary end() {
        return new Boundary(partitions, dataLength);
    }

    /** The place after all keys whose token is not after that one. */
    Boundary after(Token token, ReadBuffers buffers) throws IOException {
        int block = summary.blockOf(token);
        if (block < 0) {
            return start();
        }
        var body = block(block, buffers);
        try {
            long position = body.getLong();
            long ordinal = (long) block * Summary.INTERVAL;
            while (body.hasRemaining()) {
                var key = Varint.getBytes(body);
                if (partitioner.token(key.toArray()).compareTo(token) > 0) {
                    break;
                }
                position += size(body, position);
                Varint.get(body);
                ordinal++;
            }
            return new Boundary(ordinal, position);
        } catch (Malformed why) {
            throw corrupt(block, why);
        }
    }

    CorruptFile corrupt(int block, Malformed why) {
        return Header.corrupt(file.path(), summary.offset(block), "a block of keys: " + why.getMessage());
    }

    long dataLength() {
        return dataLength;
    }

    int entriesIn(int block) {
        return (int) Math.min(Summary.INTERVAL, partitions - (long) block * Summary.INTERVAL);
    }

    /** The content of a column index; empty if there is none at that offset. */
    ByteBuffer columnsBody(long offset, ReadBuffers buffers) throws IOException {
        if (offset == 0) {
            return ByteBuffer.allocate(0);
        }
        var start = file.part(offset, 1 + Integer.BYTES, buffers);
        int length = start.getInt(start.position() + 1);
        if (length < 0 || length > Integer.MAX_VALUE - MIN_PIECE) {
            throw Header.corrupt(file.path(), offset, "a piece has " + length + " bytes");
        }
        return piece(COLUMNS, offset, length + MIN_PIECE, buffers);
    }

    /** Is told of each entry of an index. */
    @FunctionalInterface
    interface Visitor {
        void entry(Key key, IndexEntry entry) throws IOException;
    }

    /** Goes through all entries in order; returns where the last of their pieces ends. */
    long forEach(ReadBuffers buffers, Visitor visitor) throws IOException {
        long end = Header.BYTES;
        for (int block = 0; block < summary.size(); block++) {
            var shared = block(block, buffers);
            var body = ByteBuffer.allocate(shared.remaining()).put(shared).flip();
            try {
                long position = body.getLong();
                while (body.hasRemaining()) {
                    var key = Key.of(partitioner, Varint.getBytes(body));
                    long size = size(body, position);
                    long columns = Varint.get(body);
                    visitor.entry(key, new IndexEntry(position, size, columns(columns, size, buffers)));
                    position += size;
                }
            } catch (Malformed why) {
                throw corrupt(block, why);
            } catch (IllegalArgumentException why) {
                throw Header.corrupt(file.path(), summary.offset(block), String.valueOf(why.getMessage()));
            }
            end = summary.offset(block) + summary.length(block);
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
