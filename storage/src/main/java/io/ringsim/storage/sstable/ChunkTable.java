package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import io.ringsim.storage.disk.CorruptFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the chunks of a {@link Component#DATA} file are. Each is followed by its CRC32C.
 *
 * <p>Of compressed tables this is {@link Component#COMPRESSION_INFO}: {@code varint dataLength, varint chunks}, and for each
 * chunk {@code varint length}, its bytes as they are stored. Without compression the lengths need no saying.
 *
 * <p>The chunks of an SSTable that was received are those of the SSTable it came from, some of them cut, so each may have
 * another length. Then {@link Component#COMPRESSION_INFO}, which there is with or without compression, is {@code varint 0,
 * varint dataLength, varint chunks}, and for each chunk its length before compression and as it is stored.
 */
final class ChunkTable {
    static final int CHECK_BYTES = Integer.BYTES;

    private final long dataLength;
    private final int chunkLength;
    private final int chunks;
    /** Where each chunk begins, and where the file ends; empty when all are stored as they are. */
    private final long[] offsets;
    /** Where each begins in the uncompressed data, and where that ends; empty when all but the last have one length. */
    private final long[] starts;

    private ChunkTable(long dataLength, int chunkLength, int chunks, long[] offsets, long[] starts) {
        this.dataLength = dataLength;
        this.chunkLength = chunkLength;
        this.chunks = chunks;
        this.offsets = offsets;
        this.starts = starts;
    }

    static ChunkTable uncompressed(long dataLength, int chunkLength, String path) throws CorruptFile {
        if (dataLength / chunkLength >= Integer.MAX_VALUE) {
            throw Header.corrupt(
                    path, Header.BYTES, "no file has " + dataLength + " bytes in chunks of " + chunkLength);
        }
        return new ChunkTable(dataLength, chunkLength, count(dataLength, chunkLength), new long[0], new long[0]);
    }

    private static int count(long dataLength, int chunkLength) {
        return Math.toIntExact((dataLength + chunkLength - 1) / chunkLength);
    }

    static ByteBuffer write(long dataLength, int[] lengths, int chunks) {
        int size = Varint.size(dataLength) + Varint.size(chunks);
        for (int i = 0; i < chunks; i++) {
            size += Varint.size(lengths[i]);
        }
        var body = ByteBuffer.allocate(size);
        Varint.put(body, dataLength);
        Varint.put(body, chunks);
        for (int i = 0; i < chunks; i++) {
            Varint.put(body, lengths[i]);
        }
        return body.flip();
    }

    /** Of chunks that each have a length of their own. */
    static ByteBuffer write(long dataLength, int[] plainLengths, int[] lengths, int chunks) {
        int size = 1 + Varint.size(dataLength) + Varint.size(chunks);
        for (int i = 0; i < chunks; i++) {
            size += Varint.size(plainLengths[i]) + Varint.size(lengths[i]);
        }
        var body = ByteBuffer.allocate(size);
        Varint.put(body, 0);
        Varint.put(body, dataLength);
        Varint.put(body, chunks);
        for (int i = 0; i < chunks; i++) {
            Varint.put(body, plainLengths[i]);
            Varint.put(body, lengths[i]);
        }
        return body.flip();
    }

    private static ChunkTable readIrregular(ByteBuffer body, int chunkLength) throws Malformed {
        long dataLength = Varint.get(body);
        int chunks = Varint.getInt(body, body.remaining());
        var offsets = new long[chunks + 1];
        var starts = new long[chunks + 1];
        offsets[0] = DataHeader.BYTES;
        for (int i = 0; i < chunks; i++) {
            int plain = Varint.getInt(body, chunkLength);
            int stored = Varint.getInt(body, plain);
            if (plain == 0) {
                throw new Malformed("a chunk is empty");
            }
            starts[i + 1] = starts[i] + plain;
            offsets[i + 1] = offsets[i] + stored + CHECK_BYTES;
        }
        if (chunks == 0 || starts[chunks] != dataLength || body.hasRemaining()) {
            throw new Malformed("the chunks are not " + dataLength + " bytes");
        }
        return new ChunkTable(dataLength, chunkLength, chunks, offsets, starts);
    }

    static ChunkTable read(ByteBuffer body, int chunkLength, String path) throws CorruptFile {
        try {
            long dataLength = Varint.get(body);
            if (dataLength == 0) {
                return readIrregular(body, chunkLength);
            }
            int chunks = Varint.getInt(body, body.remaining());
            if (dataLength < 1 || dataLength / chunkLength > chunks || count(dataLength, chunkLength) != chunks) {
                throw new Malformed(dataLength + " bytes are not " + chunks + " chunks of " + chunkLength);
            }
            var offsets = new long[chunks + 1];
            offsets[0] = DataHeader.BYTES;
            for (int i = 0; i < chunks; i++) {
                offsets[i + 1] =
                        offsets[i] + Varint.getInt(body, plainLength(i, chunks, dataLength, chunkLength)) + CHECK_BYTES;
            }
            if (body.hasRemaining()) {
                throw new Malformed("there are " + body.remaining() + " bytes after the last chunk");
            }
            return new ChunkTable(dataLength, chunkLength, chunks, offsets, new long[0]);
        } catch (Malformed why) {
            throw SmallFile.malformed(path, body, why);
        }
    }

    private static int plainLength(int chunk, int chunks, long dataLength, int chunkLength) {
        return chunk < chunks - 1 ? chunkLength : (int) (dataLength - (long) chunk * chunkLength);
    }

    /** Bytes of all partitions before compression. */
    long dataLength() {
        return dataLength;
    }

    int chunkLength() {
        return chunkLength;
    }

    int chunks() {
        return chunks;
    }

    /** Bytes of a chunk before compression. */
    int plainLength(int chunk) {
        return starts.length > 0
                ? (int) (starts[chunk + 1] - starts[chunk])
                : plainLength(chunk, chunks, dataLength, chunkLength);
    }

    /** Where in the file the chunk begins; for the chunk after the last, where the file ends. */
    long offset(int chunk) {
        if (offsets.length > 0) {
            return offsets[chunk];
        }
        long before = Math.min(dataLength, (long) chunk * chunkLength);
        return DataHeader.BYTES + before + (long) chunk * CHECK_BYTES;
    }

    /** Bytes of a chunk in the file, without its checksum; as many as before compression if that did not pay. */
    int storedLength(int chunk) {
        return (int) (offset(chunk + 1) - offset(chunk)) - CHECK_BYTES;
    }

    long fileSize() {
        return offset(chunks);
    }

    /** The chunk that holds a position. */
    int chunkAt(long position) {
        if (starts.length == 0) {
            return (int) (position / chunkLength);
        }
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    /** Where a chunk begins in the uncompressed data. */
    long start(int chunk) {
        return starts.length == 0 ? (long) chunk * chunkLength : starts[chunk];
    }

    @Override
    public String toString() {
        return chunks + " chunks of " + chunkLength + (offsets.length > 0 ? " at " + Arrays.toString(offsets) : "");
    }
}
