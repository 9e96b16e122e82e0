package io.ringsim.storage.table;

import io.ringsim.data.Key;
import io.ringsim.data.Purge;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.sstable.PartitionScanner;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.SSTableWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one SSTable in place of several: of every cell the one that stays, without tombstones that are old enough and
 * cover nothing that may be elsewhere, and, for a cleanup, without keys that are not owned. Goes on in steps, so that others
 * get their turn at the disk.
 */
final class Compaction implements Closeable {
    private final TableStore store;
    private final List<SSTableReader> inputs;
    private final List<PartitionScanner> scanners = new ArrayList<>();
    private final MergedPartitions partitions;
    private final SSTableWriter writer;
    private final boolean mayForget;
    private boolean wroteSomething;
    private long read;

    /**
     * Begins one.
     *
     * @param inputs referred to until it is closed
     * @param owned normalised; keys of other tokens are left out. None are when nothing is said of it
     */
    Compaction(TableStore store, List<SSTableReader> inputs, Optional<List<TokenRange>> owned) throws IOException {
        this.store = store;
        this.inputs = List.copyOf(inputs);
        long expected = 0;
        for (var input : inputs) {
            if (owned.isEmpty() || !owned.get().isEmpty()) {
                scanners.add(input.scan(owned.orElse(List.of())));
            }
            expected += input.stats().partitions();
        }
        this.mayForget = inputs.stream()
                .anyMatch(input -> input.stats().minLocalDeletionTime() != Long.MAX_VALUE
                        || input.stats().hasPartitionDeletions());
        this.partitions = new MergedPartitions(store.table(), scanners);
        this.writer = store.newSSTable(expected);
    }

    List<SSTableReader> inputs() {
        return inputs;
    }

    /** Writes on until about so many bytes more were read; false when all are. */
    boolean step(long bytes) throws IOException {
        long until = read + bytes;
        while (read < until) {
            if (!partitions.hasNext()) {
                return false;
            }
            var merged = partitions.next();
            wroteSomething |=
                    copied(merged.key()) || writer.append(mayForget ? merged.purge(purge(merged.key())) : merged);
            read = position();
        }
        return true;
    }

    /** Copies a partition that only one SSTable has if nothing in it can be covered, expire or be forgotten. */
    private boolean copied(Key key) throws IOException {
        int sole = partitions.soleSource();
        return !mayForget
                && sole >= 0
                && writer.appendVerbatim(
                        key, scanners.get(sole), inputs.get(sole).stats());
    }

    private long position() {
        long sum = 0;
        for (var scanner : scanners) { // asked for at every partition
            sum += scanner.position();
        }
        return sum;
    }

    /** A tombstone may go if nothing that is older and not compacted here can have the key. */
    private Purge purge(Key key) {
        long oldest = Long.MAX_VALUE;
        for (var other : store.view().sstables()) {
            if (!inputs.contains(other)
                    && other.stats().minTimestamp() < oldest
                    && key.compareTo(other.first()) >= 0
                    && key.compareTo(other.last()) <= 0
                    && other.mayContain(key)) {
                oldest = other.stats().minTimestamp();
            }
        }
        for (Memtable memtable : store.view().memtables()) {
            if (memtable.minTimestamp() < oldest && memtable.get(key).isPresent()) {
                oldest = memtable.minTimestamp();
            }
        }
        long now = store.nowSeconds();
        return new Purge(now, now - store.table().gcGrace().toSeconds(), oldest);
    }

    /** Completes the new SSTable; nothing when no partition is left. */
    Optional<SSTableReader> finish() throws IOException {
        int level = inputs.stream()
                .mapToInt(input -> input.stats().origin().level())
                .max()
                .orElse(0);
        var origin = new SSTableOrigin(SSTableOrigin.LogBound.NONE, SSTableOrigin.LogBound.NONE, level, 0);
        return wroteSomething ? Optional.of(writer.finish(origin)) : Optional.empty();
    }

    /** Gives up what is not finished. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
