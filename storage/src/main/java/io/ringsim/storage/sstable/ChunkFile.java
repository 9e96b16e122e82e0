package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.EarlyForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** A {@link Component#DATA} file that grows by chunks, each compressed and followed by its checksum. */
final class ChunkFile {
    private static final int FIRST_OUTPUT = 64 << 10;
    private static final int FULL_OUTPUT = 1 << 20;

    private final EarlyForce file;
    private final int chunkLength;
    private final Compressor compressor;
    private final CRC32C chunkCheck = new CRC32C();
    private final CRC32 digest = new CRC32();

    private ByteBuffer output = ByteBuffer.allocate(FIRST_OUTPUT);

    /** Bytes that have left {@code output}. */
    private long written;

    private int[] lengths = new int[16];
    private int chunks;

    ChunkFile(EarlyForce file, DataHeader header, boolean portable) {
        this.file = file;
        this.chunkLength = header.chunkLength();
        this.compressor = Compressor.of(header.compression(), portable);
        header.write(output);
    }

    /** Writes chunks one after another; after one that is shorter than the others there are no more. */
    void write(ByteBuffer plain) throws IOException {
        int end = plain.limit();
        for (int at = 0; at < end; at += chunkLength) {
            writeChunk(plain.array(), plain.arrayOffset() + at, Math.min(chunkLength, end - at));
        }
    }

    private void writeChunk(byte[] plain, int at, int length) throws IOException {
        makeRoom(compressor.maxCompressedLength(length) + ChunkTable.CHECK_BYTES);
        int start = output.position();
        int stored = compressor.compress(plain, at, length, output.array(), start);
        if (stored >= length) {
            System.arraycopy(plain, at, output.array(), start, length);
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

    /** Writes the rest; returns the length of the file. */
    long finish() throws IOException {
        write();
        return written;
    }

    /** The CRC-32 of the whole file, when it is finished. */
    long digest() {
        return digest.getValue();
    }

    /** The content of the component that says where the chunks are, which are {@code length} bytes before compression. */
    ByteBuffer table(long length) {
        return ChunkTable.write(length, lengths, chunks);
    }
}
