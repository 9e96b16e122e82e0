package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.disk.EarlyForce;
import io.ringsim.storage.disk.Handover;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes a {@link Component#DATA} file: what is put into it, cut in chunks, which a {@link ChunkFile} compresses beside
 * whoever puts in more.
 */
final class ChunkWriter {
    private static final int PLAIN_BYTES = 128 << 10;

    private final DataHeader header;
    private final ChunkFile file;
    private final Handover chunks;

    /** What was put in and is not handed over yet; it begins at a chunk's begin. */
    private ByteBuffer plain;

    /** Bytes that were handed over. */
    private long handedOver;

    ChunkWriter(EarlyForce file, WriteBehind writeBehind, DataHeader header, boolean portable) {
        this.header = header;
        this.file = new ChunkFile(file, header, portable);
        this.chunks = new Handover(writeBehind, this.file::write);
        this.plain = ByteBuffer.allocate(Math.max(PLAIN_BYTES, 2 * header.chunkLength()));
    }

    /** Bytes put in so far. */
    long position() {
        return handedOver + plain.position();
    }

    /** A buffer to put so many bytes into. */
    ByteBuffer room(int bytes) throws IOException {
        if (plain.remaining() < bytes) {
            handOver();
            if (plain.remaining() < bytes) {
                plain = ByteBuffer.allocate(Math.addExact(plain.position(), bytes))
                        .put(plain.flip());
            }
        }
        return plain;
    }

    /** Hands over all whole chunks; what is left of the buffer begins the next one. */
    private void handOver() throws IOException {
        int whole = plain.position() / header.chunkLength() * header.chunkLength();
        if (whole == 0) {
            return;
        }
        var rest = plain.duplicate().flip().position(whole);
        handedOver += whole;
        chunks.give(plain.flip().limit(whole));
        plain = chunks.empty(rest.capacity()).put(rest);
    }

    /** Compresses and writes the rest; returns the length of the file. */
    long finish() throws IOException {
        handedOver += plain.position();
        chunks.give(plain.flip());
        chunks.finish();
        plain = ByteBuffer.allocate(0);
        return file.finish();
    }

    /** Lets nothing touch the file from now on. */
    void abandon() {
        chunks.abandon();
    }

    boolean isCompressed() {
        return header.compression() != Compression.NONE;
    }

    /** The CRC-32 of the whole file, when it is finished. */
    long digest() {
        return file.digest();
    }

    /** The content of the component that says where the chunks are. */
    ByteBuffer table() {
        return file.table(handedOver);
    }
}
