package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Sections of an SSTable on their way to another node.
 *
 * <pre>
 * content     frame of a preamble, runs
 * frame       int length, body of that length, int CRC32C of both
 * preamble    int 0x52535343, byte version 1, byte compression, byte power of two that is the chunks' length, byte 0,
 *             varint partitions, varint bytes before compression, the body of the SSTable's Statistics.db without parts
 * run         frame of a head, chunks: each as it is stored, then its CRC32C
 * head        varint chunks, for each: varint length before compression, varint length as it is stored;
 *             varint entries, for each: bytes key, varint size, bytes column index (empty for none)
 * </pre>
 *
 * <p>Chunks are those of the SSTable, not even decompressed on the way; only the two at the ends of a section are cut to it
 * and compressed anew. The entries of a run are those of the partitions that begin in it.
 */
final class SectionFormat {
    static final int FRAME = 2 * Integer.BYTES;

    /** Chunks of a run: what is known of them waits in memory, at both ends. */
    static final int RUN_CHUNKS = 256;

    /** No frame is larger: not even the column index of a partition of terabytes. */
    static final int MAX_FRAME = 512 << 20;

    private static final int MAGIC = 0x52535343;
    private static final byte VERSION = 1;
    private static final List<Compression> KINDS = List.of(Compression.NONE, Compression.LZ4, Compression.ZSTD);

    private SectionFormat() {}

    /**
     * What is known before the first chunk.
     *
     * @param dataLength bytes of all partitions before compression
     * @param source what the SSTable says of itself
     */
    record Preamble(DataHeader header, long partitions, long dataLength, Statistics source) {}

    /** A chunk, by its lengths. */
    record Chunk(int plain, int stored) {}

    /**
     * What a head has of the entries.
     *
     * @param bytes all of them
     */
    record Entries(int count, long bytes) {}

    /** Puts entries into a head. */
    interface EntryWriter {
        void write(ByteBuffer to) throws IOException;
    }

    /** Takes a key and what the index says of it. */
    interface EntryTaker {
        void take(Bytes key, long size, ByteBuffer columns) throws IOException, Malformed;
    }

    static ByteBuffer frame(ByteBuffer body) {
        var frame = ByteBuffer.allocate(FRAME + body.remaining());
        frame.putInt(body.remaining()).put(body);
        frame.putInt(crc(frame.array(), frame.position()));
        return frame.flip();
    }

    static int crc(byte[] bytes, int end) {
        var crc = new CRC32C();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    static ByteBuffer write(Preamble preamble) {
        var source = preamble.source();
        var statistics = new Statistics(
                        source.partitioner(),
                        source.table(),
                        source.first(),
                        source.last(),
                        source.content(),
                        new EnumMap<>(Component.class))
                .write();
        var body = ByteBuffer.allocate(32 + statistics.remaining());
        body.putInt(MAGIC).put(VERSION);
        body.put((byte) KINDS.indexOf(preamble.header().compression()));
        body.put((byte) Integer.numberOfTrailingZeros(preamble.header().chunkLength()))
                .put((byte) 0);
        Varint.put(body, preamble.partitions());
        Varint.put(body, preamble.dataLength());
        return frame(body.put(statistics).flip());
    }

    static Preamble readPreamble(ByteBuffer body) throws Malformed {
        if (body.remaining() < 8 || body.getInt() != MAGIC) {
            throw new Malformed("it is no content of an SSTable");
        }
        int version = body.get();
        int compression = body.get();
        int power = body.get();
        if (version != VERSION || body.get() != 0) {
            throw new Malformed("it is in version " + version + ", known here is " + VERSION);
        }
        if (compression < 0 || compression >= KINDS.size() || power < 10 || power > 26) {
            throw new Malformed("its compression " + compression + " in chunks of 2^" + power + " bytes is unknown");
        }
        long partitions = Varint.get(body);
        long dataLength = Varint.get(body);
        if (partitions < 1 || dataLength < 1) {
            throw new Malformed("it has no partitions");
        }
        return new Preamble(
                new DataHeader(KINDS.get(compression), 1 << power),
                partitions,
                dataLength,
                Statistics.read(body.slice()));
    }

    /** Bytes of a head's frame. */
    static int size(List<Chunk> chunks, Entries entries) {
        long size = FRAME + Varint.size(chunks.size()) + Varint.size(entries.count()) + entries.bytes();
        for (var chunk : chunks) {
            size += Varint.size(chunk.plain()) + Varint.size(chunk.stored());
        }
        return Math.toIntExact(size);
    }

    /**
     * Writes a head's frame.
     *
     * @param writer of just those entries
     */
    static ByteBuffer writeHead(List<Chunk> chunks, Entries entries, EntryWriter writer) throws IOException {
        var frame = ByteBuffer.allocate(size(chunks, entries));
        frame.putInt(frame.capacity() - FRAME);
        Varint.put(frame, chunks.size());
        for (var chunk : chunks) {
            Varint.put(frame, chunk.plain());
            Varint.put(frame, chunk.stored());
        }
        Varint.put(frame, entries.count());
        writer.write(frame);
        if (frame.remaining() != Integer.BYTES) {
            throw new IllegalStateException(
                    "the entries of a head are not the " + entries.bytes() + " bytes they were");
        }
        frame.putInt(crc(frame.array(), frame.position()));
        return frame.flip();
    }

    static long size(Bytes key, long size, ByteBuffer columns) {
        int length = columns.remaining();
        return Varint.size(key) + Varint.size(size) + Varint.size(length) + (long) length;
    }

    static void putEntry(ByteBuffer to, Bytes key, long size, ByteBuffer columns) {
        Varint.put(to, key);
        Varint.put(to, size);
        Varint.put(to, columns.remaining());
        to.put(columns.duplicate());
    }

    /** The chunks of a head; the entries are what is left of the body then. */
    static List<Chunk> readChunks(ByteBuffer body, int chunkLength) throws Malformed {
        int count = Varint.getInt(body, RUN_CHUNKS);
        var chunks = new ArrayList<Chunk>(count);
        for (int i = 0; i < count; i++) {
            int plain = Varint.getInt(body, chunkLength);
            var chunk = new Chunk(plain, Varint.getInt(body, plain));
            if (plain == 0 || chunk.stored() == 0) {
                throw new Malformed("a chunk is empty");
            }
            chunks.add(chunk);
        }
        if (chunks.isEmpty()) {
            throw new Malformed("a run has no chunks");
        }
        return chunks;
    }

    /** The entries of a head, one after another. */
    static void readEntries(ByteBuffer entries, EntryTaker taker) throws IOException, Malformed {
        int count = Varint.getInt(entries, entries.remaining());
        for (int i = 0; i < count; i++) {
            var key = Varint.getBytes(entries);
            long size = Varint.get(entries);
            int length = Varint.getLength(entries);
            var columns = entries.slice(entries.position(), length);
            entries.position(entries.position() + length);
            taker.take(key, size, columns);
        }
        if (entries.hasRemaining()) {
            throw new Malformed("a run has more in its head than it says");
        }
    }
}
