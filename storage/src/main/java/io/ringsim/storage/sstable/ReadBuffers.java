package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a reader needs to turn chunks into rows: buffers that are used again and again, and the chunk it read last. Each
 * thread has its own for point reads, each scan its own.
 */
final class ReadBuffers {
    /** Larger buffers are not kept for the next read. */
    private static final int KEPT = 1 << 20;

    private static final long NONE = 0;

    private static final ThreadLocal<ReadBuffers> OF_THREAD = ThreadLocal.withInitial(ReadBuffers::new);

    private final CRC32C check = new CRC32C();
    private final EnumMap<Compression, Compressor> compressors = new EnumMap<>(Compression.class);
    private byte[] stored = {};
    private byte[] plain = {};
    private byte[] joined = {};

    /** The file that the chunk is of, by a number: a buffer of an idle thread keeps no file. */
    private long owner;

    private int chunk;
    private ByteBuffer content = ByteBuffer.allocate(0);

    static ReadBuffers ofThread() {
        return OF_THREAD.get();
    }

    /** Room for bytes as they are stored. */
    ByteBuffer stored(int length) {
        // The chunk that is remembered may be there, if it was not compressed.
        owner = NONE;
        if (length > KEPT) {
            return ByteBuffer.allocate(length);
        }
        if (stored.length < length) {
            stored = new byte[Math.min(KEPT, Math.max(length, 2 * stored.length))];
        }
        return ByteBuffer.wrap(stored, 0, length);
    }

    /** Room for a chunk's content. */
    byte[] plain(int length) {
        owner = NONE;
        if (length > KEPT) {
            return new byte[length];
        }
        if (plain.length < length) {
            plain = new byte[length];
        }
        return plain;
    }

    /** Room for bytes that are in several chunks. */
    ByteBuffer joined(int length) {
        if (length > KEPT) {
            return ByteBuffer.allocate(length);
        }
        if (joined.length < length) {
            joined = new byte[Math.min(KEPT, Math.max(length, 2 * joined.length))];
        }
        return ByteBuffer.wrap(joined, 0, length);
    }

    Compressor compressor(Compression kind) {
        return compressors.computeIfAbsent(kind, missing -> Compressor.of(missing, false));
    }

    int crc(ByteBuffer bytes) {
        check.reset();
        check.update(bytes);
        return (int) check.getValue();
    }

    /** The content of that chunk, if it is the one that was remembered last. */
    @Nullable
    ByteBuffer remembered(long file, int index) {
        return owner == file && chunk == index ? content : null;
    }

    /** Remembers a chunk, unless it is a mapped part of the file, which would keep that. */
    ByteBuffer remember(long file, int index, ByteBuffer found) {
        if (!found.isDirect()) {
            owner = file;
            chunk = index;
            content = found;
        }
        return found;
    }
}
