package io.ringsim.storage.sstable;

import io.ringsim.data.Deletion;
import io.ringsim.data.Marker;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.Unfiltered;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.storage.codec.Varint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one partition, row by row, and finds its column index. Writes nothing before there is something to write. */
final class PartitionWriter {
    private final ChunkWriter data;
    private final TableMetadata table;
    private final ContentStatistics statistics;
    private final UnfilteredRows partition;
    private final long start;
    private boolean begun;
    private int headerLength;

    private final List<ColumnIndex.Block> blocks = new ArrayList<>(0);
    private long blockStart;
    private @Nullable Position blockFirst;
    private Deletion blockOpen = Deletion.LIVE;

    private @Nullable Position first;
    private @Nullable Position last;
    private Deletion open = Deletion.LIVE;

    PartitionWriter(ChunkWriter data, TableMetadata table, ContentStatistics statistics, UnfilteredRows partition)
            throws IOException {
        this.data = data;
        this.table = table;
        this.statistics = statistics;
        this.partition = partition;
        this.start = data.position();
        if (!partition.deletion().isLive() || !partition.staticRow().isEmpty()) {
            begin();
        }
    }

    private void begin() throws IOException {
        begun = true;
        PartitionHeader.write(partition.key().bytes(), partition.deletion(), partition.staticRow(), data);
        headerLength = (int) (data.position() - start);
        blockStart = data.position();
        statistics.addPartition(partition.deletion());
        statistics.addStatic(partition.staticRow());
    }

    void add(Unfiltered item) throws IOException {
        if (item instanceof Row row && row.isEmpty()) {
            return;
        }
        var position = item.position();
        if (last != null && last.compareTo(position, table.comparator()) >= 0) {
            throw new IllegalStateException(
                    "in partition " + partition.key() + " " + position + " comes after " + last + ", not before it");
        }
        if (!begun) {
            begin();
        }
        if (blockFirst == null) {
            blockFirst = position;
            blockOpen = open;
            blockStart = data.position();
        }
        if (first == null) {
            first = position;
        }
        last = position;
        PartitionHeader.writeItem(item, data);
        statistics.add(item);
        if (item instanceof Marker marker) {
            open = marker.after();
        }
        if (data.position() - blockStart >= table.options().columnIndexSize()) {
            endBlock(blockFirst, position);
        }
    }

    private void endBlock(Position from, Position to) {
        blocks.add(new ColumnIndex.Block(from, to, blockStart - start, data.position() - blockStart, blockOpen));
        blockFirst = null;
    }

    /** Ends the partition; false when nothing was in it and nothing is written. */
    boolean finish() throws IOException {
        if (!begun) {
            return false;
        }
        if (!open.isLive()) {
            throw new IllegalStateException("partition " + partition.key() + " ends in an open range tombstone");
        }
        if (first != null && last != null) {
            if (blockFirst != null && !blocks.isEmpty()) {
                endBlock(blockFirst, last);
            }
            statistics.addExtent(first, last);
        }
        Varint.put(data.room(1), 0);
        return true;
    }

    /** The column index, when the partition is more than one block. */
    Optional<ColumnIndex> columns() {
        return blocks.size() > 1
                ? Optional.of(new ColumnIndex(
                        headerLength,
                        partition.deletion(),
                        !partition.staticRow().isEmpty(),
                        blocks))
                : Optional.empty();
    }
}
