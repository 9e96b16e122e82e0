package io.ringsim.storage.sstable;

import io.ringsim.data.Key;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one SSTable: partitions in the order of their keys, then {@link #finish}. Until that its files have temporary
 * names; closing it before deletes them. For one thread.
 */
public final class SSTableWriter implements Closeable {
    /**
     * How to write.
     *
     * @param portable whether the files come out the same on every machine; else a native library compresses faster
     */
    public record Options(WriteBehind writeBehind, boolean portable) {
        public static final Options DEFAULT = new Options(WriteBehind.NONE, true);
    }

    private final SSTableId id;
    private final TableMetadata table;
    private final ChunkWriter data;
    private final Optional<BloomFilter> filter;
    private final ContentStatistics statistics;
    private final NewComponents components;
    private @Nullable IndexWriter index;
    private @Nullable Key first;
    private @Nullable Key last;
    private boolean broken;
    private boolean closed;

    private SSTableWriter(
            Disk disk, String directory, SSTableId id, TableMetadata table, long expectedPartitions, Options options)
            throws IOException {
        this.id = id;
        this.table = table;
        this.components = new NewComponents(disk, directory, id, table, options.writeBehind());
        this.statistics = new ContentStatistics(table.comparator());
        var header =
                new DataHeader(table.options().compression(), table.options().chunkLength());
        double chance = table.options().bloomFilterChance();
        this.filter = chance < 1 ? Optional.of(BloomFilter.sized(expectedPartitions, chance)) : Optional.empty();
        this.data =
                new ChunkWriter(components.create(Component.DATA), options.writeBehind(), header, options.portable());
    }

    /** Begins an SSTable that comes out the same on every machine, and is made safe at the end. */
    public static SSTableWriter create(
            Disk disk, String directory, SSTableId id, TableMetadata table, long expectedPartitions)
            throws IOException {
        return create(disk, directory, id, table, expectedPartitions, Options.DEFAULT);
    }

    /**
     * Begins an SSTable.
     *
     * @param expectedPartitions for the size of the Bloom filter
     */
    public static SSTableWriter create(
            Disk disk, String directory, SSTableId id, TableMetadata table, long expectedPartitions, Options options)
            throws IOException {
        return new SSTableWriter(disk, directory, id, table, expectedPartitions, options);
    }

    /**
     * Writes a partition, unless there is nothing in it: then false.
     *
     * @throws IllegalStateException when its key does not come after the last one, or a row after the row before
     */
    public boolean append(UnfilteredRows partition) throws IOException {
        if (broken || closed) {
            throw new IllegalStateException(
                    "SSTable " + id + " takes no more partitions: it is finished, or one was cut off");
        }
        var key = partition.key();
        if (last != null && last.compareTo(key) >= 0) {
            throw new IllegalStateException("key " + key + " comes after " + last + ", not before it");
        }
        broken = true;
        boolean written = write(key, partition);
        broken = false;
        return written;
    }

    /**
     * Writes the partition that a scanner has just given out, and of which nothing was read, as it is in its SSTable.
     *
     * @param source what is known of that SSTable, in which nothing expires or was deleted
     * @return false, and nothing is written, when the partition is so wide that it needs a column index
     */
    public boolean appendVerbatim(Key key, PartitionScanner scanner, SSTableStats source) throws IOException {
        if (broken || closed || (last != null && last.compareTo(key) >= 0)) {
            throw new IllegalStateException("SSTable " + id + " takes no partition " + key + " after " + last);
        }
        long start = data.position();
        broken = true;
        int rows = scanner.copy(data, table.options().columnIndexSize());
        broken = false;
        if (rows < 0) {
            return false;
        }
        statistics.addVerbatim(rows, source);
        indexed(key, start, Optional.empty());
        return true;
    }

    private boolean write(Key key, UnfilteredRows partition) throws IOException {
        long start = data.position();
        var content = new PartitionWriter(data, table, statistics, partition);
        while (partition.hasNext()) {
            content.add(partition.next());
        }
        if (!content.finish()) {
            return false;
        }
        indexed(key, start, content.columns());
        return true;
    }

    private void indexed(Key key, long start, Optional<ColumnIndex> columns) throws IOException {
        indexFor(key).add(key, start, data.position() - start, columns);
        filter.ifPresent(bits -> bits.add(key));
        if (first == null) {
            first = key;
        }
        last = key;
    }

    private IndexWriter indexFor(Key key) throws IOException {
        if (index == null) {
            index = new IndexWriter(components.create(Component.INDEX), partitionerOf(key));
        }
        return index;
    }

    private static Partitioner partitionerOf(Key key) {
        var token = key.token();
        return token instanceof LongToken
                ? Partitioner.MURMUR3
                : token instanceof BigIntegerToken
                        ? Partitioner.RANDOM
                        : token instanceof BytesToken ? Partitioner.BYTE_ORDERED : Partitioner.ORDER_PRESERVING;
    }

    /** Partitions written so far. */
    public long partitions() {
        return statistics.partitions();
    }

    /** Bytes of data so far, before compression. */
    public long position() {
        return data.position();
    }

    /**
     * Completes the SSTable and makes it safe: from now on a crash leaves it whole. A crash before, or an exception, leaves
     * none, and what is left {@link SSTableFiles#cleanTemporary} deletes.
     *
     * @throws IllegalStateException when nothing was written
     */
    public SSTableReader finish(SSTableOrigin origin) throws IOException {
        if (broken || closed || first == null || last == null || index == null) {
            throw new IllegalStateException("SSTable " + id + " is empty, finished or cut off; close it instead");
        }
        broken = true;
        long dataSize = data.finish();
        index.finish();
        var reader = components.complete(new NewComponents.Content(
                first,
                last,
                statistics.finish(data.position(), dataSize, origin),
                data.digest(),
                index,
                filter,
                data.isCompressed() ? Optional.of(data.table()) : Optional.empty()));
        closed = true;
        return reader;
    }

    /** Gives up what was not finished and deletes its files. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        data.abandon();
        components.delete();
    }
}
