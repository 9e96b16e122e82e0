package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.EarlyForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Writes the chunks of a {@link Component#DATA} file as they arrive. Each counts when it is whole and its checksum is right. */
final class ArrivingChunks {
    /** Which chunks are expected. */
    interface Expected {
        /** Bytes of the next one as it is stored, without its checksum; 0 if there is none for now. */
        int next();

        /** The next one arrived. */
        void arrived();
    }

    /** Written from multiples of this on, a file has its pages in large pieces, which cost less. */
    private static final int ALIGNMENT = 1 << 20;

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

    /** Bytes that are right. */
    long written() {
        return written;
    }

    /** The CRC-32 of the bytes that are right. */
    long digest() {
        return digest.getValue();
    }

    /** Writes what is known to be right. */
    void write(ByteBuffer bytes) throws IOException {
        data.write(bytes.duplicate(), written);
        count(bytes);
    }

    private void count(ByteBuffer right) {
        written += right.remaining();
        digest.update(right);
    }

    /**
     * Takes what belongs to the chunks that are expected, and writes it as it comes, whole buffers at once: also the begin of a
     * chunk whose rest did not arrive, which does not count before it has.
     *
     * @throws CorruptFile when a chunk is not what was sent; those before it count
     */
    void take(ByteBuffer content) throws IOException {
        var taken = content.duplicate();
        long at = position();
        boolean right = check(content);
        data.write(taken.limit(content.position()), at);
        if (!right) {
            throw corrupt();
        }
    }

    /** Goes on to the end of what is expected, or of the content; false at a chunk that is damaged. */
    private boolean check(ByteBuffer content) {
        int from = content.position();
        for (int next = expected.next(); next > 0 && content.hasRemaining(); next = expected.next()) {
            int length = next + ChunkTable.CHECK_BYTES;
            if (begun.position() > 0 || content.remaining() < length) {
                count(content.slice(from, content.position() - from));
                join(content, length);
                from = content.position();
                if (begun.position() < length) {
                    return true;
                }
                if (!isRight(begun.slice(0, length), next)) {
                    return false;
                }
                count(begun.flip());
                begun.clear();
            } else if (isRight(content.slice(content.position(), length), next)) {
                content.position(content.position() + length);
            } else {
                count(content.slice(from, content.position() - from));
                return false;
            }
            expected.arrived();
            chunks++;
        }
        count(content.slice(from, content.position() - from));
        return true;
    }

    /** Adds to the chunk that is not whole. */
    private void join(ByteBuffer content, int length) {
        int some = Math.min(length - begun.position(), content.remaining());
        if (begun.remaining() < some) {
            int room = Math.min(length, Math.max(begun.position() + some, 2 * begun.capacity()));
            begun = ByteBuffer.allocate(room).put(begun.flip());
        }
        begun.put(content.slice(content.position(), some));
        content.position(content.position() + some);
    }

    /** Where in the file the next byte comes. */
    private long position() {
        return written + begun.position();
    }

    /** How many bytes are best taken next: to where one more write begins at a place that suits the page cache. */
    int convenient() {
        return (int) (ALIGNMENT - position() % ALIGNMENT);
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
