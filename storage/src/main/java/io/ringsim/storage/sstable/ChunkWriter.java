package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Writes a {@link Component#DATA} file: what is put into it, cut in chunks, each compressed and followed by its checksum.
 */
final class ChunkWriter {
    private static final int PLAIN_BYTES = 128 << 10;
    private static final int FIRST_OUTPUT = 64 << 10;
    private static final int FULL_OUTPUT = 1 << 20;

    private final EarlyForce file;
    private final DataHeader header;
    private final Compressor compressor;
    private final CRC32C chunkCheck = new CRC32C();
    private final CRC32 digest = new CRC32();

    /** What was put in and is not compressed yet; it begins at a chunk's begin. */
    private ByteBuffer plain;
    /** Bytes that have left {@code plain}. */
    private long compressed;

    private ByteBuffer output;
    /** Bytes that have left {@code output}. */
    private long written;

    private int[] lengths = new int[16];
    private int chunks;

    ChunkWriter(DiskFile file, WriteBehind writeBehind, DataHeader header, boolean portable) {
        this.file = new EarlyForce(file, writeBehind);
        this.header = header;
        this.compressor = Compressor.of(header.compression(), portable);
        this.plain = ByteBuffer.allocate(Math.max(PLAIN_BYTES, 2 * header.chunkLength()));
        this.output = ByteBuffer.allocate(FIRST_OUTPUT);
        header.write(output);
    }

    /** Bytes put in so far. */
    long position() {
        return compressed + plain.position();
    }

    /** Bytes the file has by now, the uncompressed rest among them. */
    long fileSize() {
        return written + output.position() + plain.position();
    }

    /** A buffer to put so many bytes into. */
    ByteBuffer room(int bytes) throws IOException {
        if (plain.remaining() < bytes) {
            drain();
            if (plain.remaining() < bytes) {
                plain = ByteBuffer.allocate(Math.addExact(plain.position(), bytes))
                        .put(plain.flip());
            }
        }
        return plain;
    }

    private void drain() throws IOException {
        int length = header.chunkLength();
        int end = plain.position() / length * length;
        for (int at = 0; at < end; at += length) {
            writeChunk(at, length);
        }
        plain.flip().position(end).compact();
        compressed += end;
    }

    private void writeChunk(int at, int length) throws IOException {
        makeRoom(compressor.maxCompressedLength(length) + ChunkTable.CHECK_BYTES);
        int start = output.position();
        int stored = compressor.compress(plain.array(), at, length, output.array(), start);
        if (stored >= length) {
            System.arraycopy(plain.array(), at, output.array(), start, length);
            stored = length;
        }
        chunkCheck.reset();
        chunkCheck.update(output.array(), start, stored);
        output.position(start + stored).putInt((int) chunkCheck.getValue());
        if (chunks == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * chunks);
        }
        lengths[chunks++] = stored;
    }

    private void makeRoom(int bytes) throws IOException {
        if (output.remaining() >= bytes) {
            return;
        }
        if (output.position() >= FULL_OUTPUT / 2) {
            write();
        }
        if (output.remaining() < bytes) {
            int larger = Math.max(Math.min(FULL_OUTPUT, 4 * output.capacity()), output.position() + bytes);
            output = ByteBuffer.allocate(larger).put(output.flip());
        }
    }

    private void write() throws IOException {
        digest.update(output.array(), 0, output.position());
        output.flip();
        int length = output.remaining();
        file.write(output, written);
        written += length;
        output.clear();
    }

    /** Compresses and writes the rest, and makes all of the file safe. */
    void finish() throws IOException {
        drain();
        if (plain.position() > 0) {
            writeChunk(0, plain.position());
            compressed += plain.position();
            plain.clear();
        }
        write();
        file.force();
    }

    /** Lets nothing touch the file from now on. */
    void abandon() {
        file.abandon();
    }

    boolean isCompressed() {
        return header.compression() != Compression.NONE;
    }

    /** The CRC-32 of the whole file, when it is finished. */
    long digest() {
        return digest.getValue();
    }

    /** The content of the component that says where the chunks are. */
    ByteBuffer table() {
        return ChunkTable.write(position(), lengths, chunks);
    }
}
