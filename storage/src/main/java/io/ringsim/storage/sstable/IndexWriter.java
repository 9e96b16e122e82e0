package io.ringsim.storage.sstable;

import io.ringsim.data.Key;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Varint;
import io.ringsim.storage.disk.EarlyForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Writes {@link Component#INDEX}, as {@link IndexFile} describes it, and keeps what the summary needs. */
final class IndexWriter {
    private static final int FULL = 256 << 10;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final EarlyForce file;
    private final CRC32C pieceCheck = new CRC32C();
    private final CRC32C check = new CRC32C();
    private final Summary summary;

    /** Pieces that are complete and not written. */
    private ByteBuffer output = ByteBuffer.allocate(4 << 10);

    private long written;

    /** The block that is not complete: its body. */
    private ByteBuffer block = ByteBuffer.allocate(4 << 10);

    private Optional<Key> firstOfBlock = Optional.empty();
    private long firstPosition;
    private int keys;

    IndexWriter(EarlyForce file, Partitioner partitioner) {
        this.file = file;
        this.summary = new Summary(partitioner, 16);
        Header.write(Component.INDEX, output);
    }

    void add(Key key, long position, long size, Optional<ColumnIndex> columns) throws IOException {
        add(key, position, size, columns.map(ColumnIndex::write).orElse(NONE));
    }

    /** The same with the content of a column index as it is written, empty for none. */
    void add(Key key, long position, long size, ByteBuffer columns) throws IOException {
        long columnsAt = columns.hasRemaining() ? writePiece(IndexFile.COLUMNS, columns) : 0;
        if (firstOfBlock.isEmpty()) {
            firstOfBlock = Optional.of(key);
            firstPosition = position;
            block.putLong(position);
        }
        int needed = Varint.size(key.bytes()) + Varint.size(size) + Varint.size(columnsAt);
        if (block.remaining() < needed) {
            block = ByteBuffer.allocate(Math.max(2 * block.capacity(), block.position() + needed))
                    .put(block.flip());
        }
        Varint.put(block, key.bytes());
        Varint.put(block, size);
        Varint.put(block, columnsAt);
        if (++keys == Summary.INTERVAL) {
            finishBlock();
        }
    }

    private void finishBlock() throws IOException {
        if (firstOfBlock.isEmpty()) {
            return;
        }
        var first = firstOfBlock.get();
        int length = block.position() + IndexFile.MIN_PIECE;
        long offset = writePiece(IndexFile.KEYS, block.flip());
        summary.add(first.bytes(), first.token(), offset, length, (int) pieceCheck.getValue(), firstPosition);
        block.clear();
        firstOfBlock = Optional.empty();
        keys = 0;
    }

    /** Returns the offset of the piece. */
    private long writePiece(byte kind, ByteBuffer body) throws IOException {
        int length = Math.addExact(body.remaining(), IndexFile.MIN_PIECE);
        if (output.remaining() < length) {
            if (output.position() >= FULL) {
                write();
            }
            if (output.remaining() < length) {
                int larger = Math.max(2 * output.capacity(), Math.addExact(output.position(), length));
                output = ByteBuffer.allocate(larger).put(output.flip());
            }
        }
        int start = output.position();
        output.put(kind).putInt(body.remaining()).put(body);
        pieceCheck.reset();
        pieceCheck.update(output.array(), start, output.position() - start);
        output.putInt((int) pieceCheck.getValue());
        return written + start;
    }

    private void write() throws IOException {
        check.update(output.array(), 0, output.position());
        output.flip();
        int length = output.remaining();
        file.write(output, written);
        written += length;
        output.clear();
    }

    /** Writes the rest. */
    void finish() throws IOException {
        finishBlock();
        write();
    }

    Summary summary() {
        return summary;
    }

    Statistics.Part part() {
        return new Statistics.Part(written, (int) check.getValue());
    }
}
