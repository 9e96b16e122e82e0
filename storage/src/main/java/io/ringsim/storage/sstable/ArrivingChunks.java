package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.CorruptFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Writes the chunks of a {@link Component#DATA} file as they arrive: each when it is whole and its checksum is right. */
final class ArrivingChunks {
    /** Which chunks are expected. */
    interface Expected {
        /** Bytes of the next one as it is stored, without its checksum; 0 if there is none for now. */
        int next();

        /** The next one arrived. */
        void arrived();
    }

    private final EarlyForce data;
    private final Expected expected;
    private final CRC32 digest = new CRC32();
    private final CRC32C check = new CRC32C();
    private long written;
    private long chunks;

    /** The begin of a chunk whose rest did not arrive yet. */
    private ByteBuffer begun = ByteBuffer.allocate(1 << 10);

    ArrivingChunks(EarlyForce data, Expected expected) {
        this.data = data;
        this.expected = expected;
    }

    /** Bytes of a chunk that is not whole. */
    int pending() {
        return begun.position();
    }

    /** Drops what arrived of a chunk that is not whole. */
    void forget() {
        begun.clear();
    }

    long written() {
        return written;
    }

    /** The CRC-32 of all that was written. */
    long digest() {
        return digest.getValue();
    }

    void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        digest.update(bytes.duplicate());
        data.write(bytes, written);
        written += length;
    }

    /**
     * Takes what belongs to the chunks that are expected.
     *
     * @throws CorruptFile when one is not what was sent; those before it are written
     */
    void take(ByteBuffer content) throws IOException {
        int from = content.position();
        for (int next = expected.next(); next > 0 && content.hasRemaining(); next = expected.next()) {
            int length = next + ChunkTable.CHECK_BYTES;
            if (begun.position() > 0 || content.remaining() < length) {
                writeFrom(content, from);
                if (!join(content, length)) {
                    return;
                }
                from = content.position();
            } else {
                var chunk = content.slice(content.position(), length);
                if (!isRight(chunk, next)) {
                    writeFrom(content, from);
                    throw corrupt();
                }
                content.position(content.position() + length);
            }
            expected.arrived();
            chunks++;
        }
        writeFrom(content, from);
    }

    private void writeFrom(ByteBuffer content, int from) throws IOException {
        if (content.position() > from) {
            write(content.slice(from, content.position() - from));
        }
    }

    /** Adds to the chunk that is not whole; whether it is now, and written. */
    private boolean join(ByteBuffer content, int length) throws IOException {
        int some = Math.min(length - begun.position(), content.remaining());
        if (begun.remaining() < some) {
            int room = Math.min(length, Math.max(begun.position() + some, 2 * begun.capacity()));
            begun = ByteBuffer.allocate(room).put(begun.flip());
        }
        begun.put(content.slice(content.position(), some));
        content.position(content.position() + some);
        if (begun.position() < length) {
            return false;
        }
        if (!isRight(begun.slice(0, length), length - ChunkTable.CHECK_BYTES)) {
            throw corrupt();
        }
        write(begun.flip());
        begun.clear();
        return true;
    }

    private boolean isRight(ByteBuffer chunk, int length) {
        check.reset();
        check.update(chunk.slice(0, length));
        return (int) check.getValue() == chunk.getInt(length);
    }

    private CorruptFile corrupt() {
        return new CorruptFile(
                data.path(),
                written,
                "what arrived is damaged: the checksum of chunk " + chunks + " does not match",
                ContentReceiver.REMEDY);
    }
}
