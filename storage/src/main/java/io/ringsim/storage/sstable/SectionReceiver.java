package io.ringsim.storage.sstable;

import io.ringsim.data.Key;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.sstable.SectionFormat.Chunk;
import io.ringsim.storage.sstable.SectionFormat.Preamble;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes an SSTable of what a {@link SectionSource} sends, as it arrives: chunks are checked and written as they are; index and
 * filter come from the entries before them. For one thread at a time.
 */
public final class SectionReceiver implements Closeable {
    private static final String REMEDY = "it has to be sent again";

    private final TableMetadata table;
    private final Partitioner partitioner;
    private final NewComponents components;
    private final EarlyForce data;
    private final CRC32 digest = new CRC32();
    private final CRC32C chunkCheck = new CRC32C();

    private long received;
    private boolean closed;

    /** A frame that is not complete. */
    private ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES);

    private boolean lengthKnown;
    private @Nullable Preamble preamble;

    private final Queue<Chunk> chunks = new ArrayDeque<>();
    private int chunkLeft;
    private final ByteBuffer check = ByteBuffer.allocate(ChunkTable.CHECK_BYTES);

    private long written;
    private long plainLength;
    private int[] plainLengths = new int[64];
    private int[] storedLengths = new int[64];
    private int chunkCount;

    private @Nullable IndexWriter index;
    private Optional<BloomFilter> filter = Optional.empty();
    private long partitions;
    private long position;
    private @Nullable Key first;
    private @Nullable Key last;

    private SectionReceiver(
            Disk disk,
            String directory,
            SSTableId id,
            TableMetadata table,
            Partitioner partitioner,
            SSTableWriter.Options options)
            throws IOException {
        this.table = table;
        this.partitioner = partitioner;
        this.components = new NewComponents(disk, directory, id, table, options.writeBehind());
        this.data = components.create(Component.DATA);
    }

    /** Begins to receive an SSTable of that table, which is to have that id. */
    public static SectionReceiver create(
            Disk disk,
            String directory,
            SSTableId id,
            TableMetadata table,
            Partitioner partitioner,
            SSTableWriter.Options options)
            throws IOException {
        return new SectionReceiver(disk, directory, id, table, partitioner, options);
    }

    /** Bytes of content that arrived. */
    public synchronized long received() {
        return received;
    }

    /**
     * Takes the next bytes.
     *
     * @throws CorruptFile when they are not what was sent, or not of this table
     */
    public synchronized void append(ByteBuffer content) throws IOException {
        if (closed) {
            throw new IOException(data.path() + ": it is received no longer");
        }
        while (content.hasRemaining()) {
            int before = content.remaining();
            if (chunks.isEmpty()) {
                takeFrame(content);
            } else if (chunkLeft > 0) {
                takeChunk(content);
            } else {
                takeCheck(content);
            }
            received += before - content.remaining();
        }
    }

    private void takeFrame(ByteBuffer content) throws IOException {
        fill(frame, content);
        if (frame.hasRemaining()) {
            return;
        }
        if (!lengthKnown) {
            int length = frame.getInt(0);
            if (length < 1 || length > SectionFormat.MAX_FRAME) {
                throw corrupt("a frame of " + length + " bytes");
            }
            frame = ByteBuffer.allocate(length + SectionFormat.FRAME).putInt(length);
            lengthKnown = true;
            return;
        }
        int end = frame.capacity() - Integer.BYTES;
        if (SectionFormat.crc(frame.array(), end) != frame.getInt(end)) {
            throw corrupt("the checksum of a frame does not match");
        }
        try {
            takeBody(frame.flip().position(Integer.BYTES).limit(end));
        } catch (Malformed | IllegalArgumentException why) {
            throw corrupt(String.valueOf(why.getMessage()));
        }
        frame = ByteBuffer.allocate(Integer.BYTES);
        lengthKnown = false;
    }

    private static void fill(ByteBuffer to, ByteBuffer from) {
        int some = Math.min(to.remaining(), from.remaining());
        to.put(from.slice(from.position(), some));
        from.position(from.position() + some);
    }

    private void takeBody(ByteBuffer body) throws IOException, Malformed {
        var known = preamble;
        if (known == null) {
            begin(SectionFormat.readPreamble(body));
            return;
        }
        var head = SectionFormat.readHead(body, known.header().chunkLength());
        chunks.addAll(head.chunks());
        chunkLeft = head.chunks().get(0).stored();
        for (var entry : head.entries()) {
            add(Key.of(partitioner, entry.key()), entry.size(), entry.columns());
        }
    }

    private void begin(Preamble known) throws IOException {
        known.source().check(table, partitioner, data.path());
        preamble = known;
        double chance = table.options().bloomFilterChance();
        filter = chance < 1 ? Optional.of(BloomFilter.sized(known.partitions(), chance)) : Optional.empty();
        index = new IndexWriter(components.create(Component.INDEX), partitioner);
        var header = ByteBuffer.allocate(DataHeader.BYTES);
        known.header().write(header);
        write(header.flip());
    }

    private void add(Key key, long size, ByteBuffer columns) throws IOException, Malformed {
        if (last != null && last.compareTo(key) >= 0) {
            throw new Malformed("key " + key + " comes after " + last);
        }
        if (index == null || size < 1) {
            throw new Malformed("a partition of " + size + " bytes");
        }
        index.add(key, position, size, columns);
        filter.ifPresent(bits -> bits.add(key));
        partitions++;
        position += size;
        first = first == null ? key : first;
        last = key;
    }

    /** A part of a chunk, as much of it as there is. */
    private void takeChunk(ByteBuffer content) throws IOException {
        int some = Math.min(chunkLeft, content.remaining());
        var part = content.slice(content.position(), some);
        content.position(content.position() + some);
        chunkCheck.update(part.duplicate());
        write(part);
        chunkLeft -= some;
    }

    private void takeCheck(ByteBuffer content) throws IOException {
        fill(check, content);
        if (check.hasRemaining()) {
            return;
        }
        check.flip();
        if (check.getInt(0) != (int) chunkCheck.getValue()) {
            throw corrupt("the checksum of chunk " + chunkCount + " does not match");
        }
        write(check);
        check.clear();
        chunkCheck.reset();
        var done = chunks.remove();
        if (chunkCount == plainLengths.length) {
            plainLengths = Arrays.copyOf(plainLengths, 2 * chunkCount);
            storedLengths = Arrays.copyOf(storedLengths, 2 * chunkCount);
        }
        plainLengths[chunkCount] = done.plain();
        storedLengths[chunkCount++] = done.stored();
        plainLength += done.plain();
        var next = chunks.peek();
        chunkLeft = next == null ? 0 : next.stored();
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        digest.update(bytes.duplicate());
        data.write(bytes, written);
        written += length;
    }

    private CorruptFile corrupt(String what) {
        return new CorruptFile(data.path(), received, "what arrived is damaged: " + what, REMEDY);
    }

    /**
     * Completes the SSTable and makes it safe.
     *
     * @throws CorruptFile when not all of it arrived
     */
    public synchronized SSTableReader finish() throws IOException {
        var known = preamble;
        if (closed || known == null || index == null || first == null || last == null) {
            throw corrupt("it ended before its first partition");
        }
        if (!chunks.isEmpty()
                || frame.position() > 0
                || partitions != known.partitions()
                || plainLength != known.dataLength()
                || position != plainLength) {
            throw corrupt(partitions + " of " + known.partitions() + " partitions, " + plainLength + " of "
                    + known.dataLength() + " bytes");
        }
        index.finish();
        var reader = components.complete(new NewComponents.Content(
                first,
                last,
                statistics(known),
                digest.getValue(),
                index,
                filter,
                Optional.of(ChunkTable.write(plainLength, plainLengths, storedLengths, chunkCount))));
        closed = true;
        return reader;
    }

    /** What the other SSTable says of itself, as far as that can be said of a part of it. */
    private SSTableStats statistics(Preamble known) {
        var source = known.source().content();
        boolean whole = partitions == source.partitions() && plainLength == source.dataLength();
        double share = (double) plainLength / source.dataLength();
        return new SSTableStats(
                partitions,
                whole ? source.rows() : Math.round(source.rows() * share),
                whole ? source.cells() : Math.round(source.cells() * share),
                whole ? source.tombstones() : Math.round(source.tombstones() * share),
                source.minTimestamp(),
                source.maxTimestamp(),
                source.minLocalDeletionTime(),
                source.maxLocalDeletionTime(),
                source.lowest(),
                source.highest(),
                source.hasPartitionDeletions(),
                !whole || source.estimated(),
                plainLength,
                written,
                source.deletionTimes(),
                SSTableOrigin.NONE);
    }

    /** Gives up what is not finished and deletes it. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        components.delete();
    }
}
