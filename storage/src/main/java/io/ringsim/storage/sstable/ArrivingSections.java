package io.ringsim.storage.sstable;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.Key;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.sstable.SectionFormat.Chunk;
import io.ringsim.storage.sstable.SectionFormat.Entry;
import io.ringsim.storage.sstable.SectionFormat.Preamble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Sections of an SSTable in {@link SectionFormat}: index and filter are made of the entries before the chunks. */
final class ArrivingSections implements ArrivingContent {
    private final ContentReceiver.Making making;
    private final Preamble preamble;
    private final IndexWriter index;
    private final Optional<BloomFilter> filter;
    private final FrameReader head = new FrameReader();

    /** Those of the run whose head arrived that did not arrive yet. */
    private final Queue<Chunk> run = new ArrayDeque<>();

    private final ArrivingChunks chunks;

    private long plainLength;
    private int[] plainLengths = new int[64];
    private int[] storedLengths = new int[64];
    private int count;

    private long partitions;
    private long position;
    private @Nullable Key first;
    private @Nullable Key last;

    ArrivingSections(ContentReceiver.Making making, Preamble preamble) throws IOException {
        this.making = making;
        this.preamble = preamble;
        var components = making.components();
        this.chunks = new ArrivingChunks(components.create(Component.DATA), new OfRun());
        this.index = new IndexWriter(components.create(Component.INDEX), making.partitioner());
        double chance = making.table().options().bloomFilterChance();
        this.filter = chance < 1 ? Optional.of(BloomFilter.sized(preamble.partitions(), chance)) : Optional.empty();
        var header = ByteBuffer.allocate(DataHeader.BYTES);
        preamble.header().write(header);
        chunks.write(header.flip());
    }

    private final class OfRun implements ArrivingChunks.Expected {
        @Override
        public int next() {
            var chunk = run.peek();
            return chunk == null ? 0 : chunk.stored();
        }

        @Override
        public void arrived() {
            var chunk = run.remove();
            if (count == plainLengths.length) {
                plainLengths = Arrays.copyOf(plainLengths, 2 * count);
                storedLengths = Arrays.copyOf(storedLengths, 2 * count);
            }
            plainLengths[count] = chunk.plain();
            storedLengths[count++] = chunk.stored();
            plainLength += chunk.plain();
        }
    }

    @Override
    public void take(ByteBuffer content) throws IOException, Malformed {
        while (content.hasRemaining()) {
            if (!run.isEmpty()) {
                chunks.take(content);
            } else if (head.take(content)) {
                begin(SectionFormat.readHead(head.body(), preamble.header().chunkLength()));
            }
        }
    }

    private void begin(SectionFormat.Head next) throws IOException, Malformed {
        for (var entry : next.entries()) {
            add(Key.of(making.partitioner(), entry.key()), entry);
        }
        run.addAll(next.chunks());
    }

    private void add(Key key, Entry entry) throws IOException, Malformed {
        if (last != null && last.compareTo(key) >= 0) {
            throw new Malformed("key " + key + " comes after " + last);
        }
        if (entry.size() < 1 || partitions == preamble.partitions()) {
            throw new Malformed(
                    "partition " + partitions + " of " + preamble.partitions() + ", of " + entry.size() + " bytes");
        }
        index.add(key, position, entry.size(), entry.columns());
        filter.ifPresent(bits -> bits.add(key));
        partitions++;
        position += entry.size();
        first = first == null ? key : first;
        last = key;
    }

    @Override
    public long unchecked() {
        return (long) head.pending() + chunks.pending();
    }

    @Override
    public void forget() {
        head.forget();
        chunks.forget();
    }

    @Override
    public boolean isComplete() {
        return run.isEmpty()
                && unchecked() == 0
                && partitions == preamble.partitions()
                && plainLength == preamble.dataLength()
                && position == plainLength;
    }

    @Override
    public SSTableReader finish() throws IOException {
        index.finish();
        return making.components()
                .complete(new NewComponents.Content(
                        requireNonNull(first),
                        requireNonNull(last),
                        statistics(),
                        chunks.digest(),
                        index,
                        filter,
                        Optional.of(ChunkTable.write(plainLength, plainLengths, storedLengths, count))));
    }

    /** What the other SSTable says of itself, as far as that can be said of a part of it. */
    private SSTableStats statistics() {
        var source = preamble.source().content();
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
                chunks.written(),
                source.deletionTimes(),
                SSTableOrigin.NONE);
    }
}
