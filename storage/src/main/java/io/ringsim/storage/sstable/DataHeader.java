package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.disk.CorruptFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How the chunks of a {@link Component#DATA} file are made: after the common header a byte for the compression, one for the
 * power of two that is the chunks' length, two zeros, and the CRC32C of all that.
 *
 * @param chunkLength bytes of a chunk before compression; the last one may be shorter
 */
record DataHeader(Compression compression, int chunkLength) {
    static final int BYTES = Header.BYTES + 8;

    /** Larger chunks would cost every read more than they save. */
    static final int MAX_CHUNK = 64 << 20;

    /** The byte that stands for each is its place here. */
    private static final List<Compression> KINDS = List.of(Compression.NONE, Compression.LZ4, Compression.ZSTD);

    private static final int MIN_CHUNK = 1 << 10;

    DataHeader {
        if (Integer.bitCount(chunkLength) != 1 || chunkLength < MIN_CHUNK || chunkLength > MAX_CHUNK) {
            throw new IllegalArgumentException(
                    "chunks are a power of two of 1 KiB to 64 MiB, not " + chunkLength + " bytes");
        }
    }

    void write(ByteBuffer to) {
        int start = to.position();
        Header.write(Component.DATA, to);
        to.put((byte) KINDS.indexOf(compression))
                .put((byte) Integer.numberOfTrailingZeros(chunkLength))
                .putShort((short) 0);
        to.putInt(crc(to, start));
    }

    static DataHeader read(ByteBuffer from, String path) throws CorruptFile {
        int start = from.position();
        Header.check(Component.DATA, from, path);
        if (from.remaining() < BYTES - Header.BYTES) {
            throw Header.corrupt(path, from.limit(), "it ends within its header");
        }
        int compression = from.get();
        int power = from.get();
        int zero = from.getShort();
        int expected = crc(from, start);
        if (from.getInt() != expected) {
            throw Header.corrupt(path, Header.BYTES, "the checksum of its header does not match");
        }
        if (compression < 0 || compression >= KINDS.size() || power < 10 || power > 26 || zero != 0) {
            throw Header.corrupt(
                    path,
                    Header.BYTES,
                    "its compression " + compression + " in chunks of 2^" + power + " bytes is unknown");
        }
        return new DataHeader(KINDS.get(compression), 1 << power);
    }

    private static int crc(ByteBuffer buffer, int start) {
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(buffer.position()).position(start));
        return (int) crc.getValue();
    }
}
