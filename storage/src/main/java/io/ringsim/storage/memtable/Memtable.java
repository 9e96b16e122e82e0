package io.ringsim.storage.memtable;

import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.TableMetadata;
import io.ringsim.storage.commitlog.CommitLogPosition;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was written to a table since its last flush, partition by partition. Writers put into it at once without waiting for
 * one another; a partition is a value that is replaced by compare-and-set, so whoever reads sees all of a write to it or
 * nothing.
 *
 * <p>A flush {@link #seal}s it: writes that come after the seal in the commit log belong to the next memtable.
 */
public final class Memtable {
    /** What a row of one cell takes in memory besides its names and values, measured. */
    private static final int PARTITION_OVERHEAD = 350;

    private static final long ROW_OVERHEAD = 200;

    private final TableMetadata table;
    private final Partitions partitions;
    private final CommitLogPosition from;
    private final long createdNanos;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong minTimestamp = new AtomicLong(Long.MAX_VALUE);
    private volatile @Nullable CommitLogPosition sealed;

    /**
     * An empty one.
     *
     * @param from all that was written to the table up to there is in other memtables or SSTables
     * @param createdNanos when, by the world's clock
     */
    public Memtable(TableMetadata table, CommitLogPosition from, long createdNanos) {
        this.table = table;
        this.partitions = new Partitions(table);
        this.from = from;
        this.createdNanos = createdNanos;
    }

    /** Takes no writes any more that come after this position in the commit log. */
    public void seal(CommitLogPosition position) {
        sealed = position;
    }

    /** Whether a write at that position belongs here rather than in a later memtable. */
    public boolean accepts(CommitLogPosition position) {
        var end = sealed;
        return end == null || position.compareTo(end) <= 0;
    }

    /** Merges an update in; returns by how many bytes the memtable grew, which may be less than none. */
    public long put(Partition update) {
        long grown = partitions.put(update);
        long timestamp = oldest(update);
        if (timestamp < minTimestamp.get()) {
            minTimestamp.accumulateAndGet(timestamp, Math::min);
        }
        operations.incrementAndGet();
        bytes.addAndGet(grown);
        return grown;
    }

    private static long oldest(Partition update) {
        long oldest =
                update.deletion().isLive() ? Long.MAX_VALUE : update.deletion().markedForDeleteAt();
        for (int i = -1; i < update.rowCount(); i++) {
            var row = i < 0 ? update.staticRow() : update.row(i);
            oldest = Math.min(
                    oldest, row.liveness().isEmpty() ? oldest : row.liveness().timestamp());
            oldest = Math.min(
                    oldest, row.deletion().isLive() ? oldest : row.deletion().markedForDeleteAt());
            for (int j = 0; j < row.size(); j++) {
                oldest = Math.min(oldest, row.cell(j).timestamp());
            }
        }
        for (var range : update.rangeTombstones()) {
            oldest = Math.min(oldest, range.deletion().markedForDeleteAt());
        }
        return oldest;
    }

    public Optional<Partition> get(Key key) {
        return partitions.get(key);
    }

    /** All partitions in order. */
    public Iterator<Partition> iterator() {
        return partitions.iterator();
    }

    /** All partitions from the key on, or after it. */
    public Iterator<Partition> from(Key key, boolean inclusive) {
        return partitions.from(key, inclusive);
    }

    public TableMetadata table() {
        return table;
    }

    /** All that was written up to there is elsewhere. */
    public CommitLogPosition from() {
        return from;
    }

    /** Up to where it holds all that was written, once it is sealed. */
    public CommitLogPosition upTo() {
        var end = sealed;
        if (end == null) {
            throw new IllegalStateException("the memtable of " + table.id() + " still takes writes");
        }
        return end;
    }

    /** Nanoseconds of the world's clock when it was made. */
    public long createdNanos() {
        return createdNanos;
    }

    /** Bytes of memory it takes, roughly. */
    public long bytes() {
        return bytes.get();
    }

    /** Writes it took. */
    public long operations() {
        return operations.get();
    }

    public long partitionCount() {
        return partitions.count();
    }

    public boolean isEmpty() {
        return operations.get() == 0;
    }

    /** The smallest timestamp in it. */
    public long minTimestamp() {
        return minTimestamp.get();
    }

    /** Bytes of memory a partition takes: names, values and what holds them. */
    static long footprint(Partition partition) {
        return PARTITION_OVERHEAD + partition.dataSize() + (partition.rowCount() - 1) * ROW_OVERHEAD;
    }
}
