package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.sstable.SectionFormat.Chunk;
import io.ringsim.storage.sstable.SectionFormat.Preamble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/** Sections of an SSTable in {@link SectionFormat}. */
final class ArrivingSections implements ArrivingContent {
    private final ContentReceiver.Making making;
    private final Preamble preamble;
    private final ArrivingKeys keys;
    private final FrameReader head = new FrameReader();

    /** Those of the run whose head arrived that did not arrive yet. */
    private final Queue<Chunk> run = new ArrayDeque<>();

    private final ArrivingChunks chunks;

    private long plainLength;
    private int[] plainLengths = new int[64];
    private int[] storedLengths = new int[64];
    private int count;

    ArrivingSections(ContentReceiver.Making making, Preamble preamble) throws IOException {
        this.making = making;
        this.preamble = preamble;
        var components = making.components();
        this.chunks = new ArrivingChunks(components.createArriving(Component.DATA, preamble.dataLength()), new OfRun());
        this.keys = new ArrivingKeys(making, preamble.partitions());
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
                var body = head.body();
                run.addAll(SectionFormat.readChunks(body, preamble.header().chunkLength()));
                keys.take(body);
            }
        }
    }

    @Override
    public int convenient() {
        return chunks.convenient();
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
        return run.isEmpty() && unchecked() == 0 && plainLength == preamble.dataLength();
    }

    @Override
    public SSTableReader finish() throws IOException {
        keys.finish(plainLength);
        return making.components()
                .complete(new NewComponents.Content(
                        keys.first(),
                        keys.last(),
                        statistics(),
                        chunks.digest(),
                        keys.index(),
                        keys.filter(),
                        Optional.of(ChunkTable.write(plainLength, plainLengths, storedLengths, count))));
    }

    @Override
    public void abandon() {
        keys.abandon();
    }

    /** What the other SSTable says of itself, as far as that can be said of a part of it. */
    private SSTableStats statistics() {
        var source = preamble.source().content();
        long partitions = preamble.partitions();
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
