package io.ringsim.storage.table;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Slice;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.memtable.Memtable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads of many partitions in the order of their tokens: all memtables and SSTables side by side. */
final class RangeReads {
    private RangeReads() {}

    static List<Partition> read(TableStore store, RangeScan scan) throws IOException {
        var page = new ArrayList<Partition>();
        try (var snapshot = Snapshot.of(store)) {
            for (var range : remaining(scan)) {
                var partitions =
                        partitions(store, snapshot, List.of(range), scan.after().orElse(null));
                while (page.size() < scan.partitions() && partitions.hasNext()) {
                    add(store, scan, partitions.next(), page);
                }
            }
        }
        return page;
    }

    private static void add(TableStore store, RangeScan scan, UnfilteredRows rows, List<Partition> page) {
        var wanted = rows;
        if (!scan.slice().equals(Slice.ALL)) {
            wanted = Partition.of(rows).read(scan.slice(), false, store.table());
        }
        var partition = Limited.of(wanted.purge(store.readPurge()), List.of(), scan.rows(), store.nowSeconds())
                .partition();
        if (!partition.isEmpty()) {
            page.add(partition);
        }
    }

    /** The parts of the scan's range in the order they are read, without those that earlier pages were of. */
    private static List<TokenRange> remaining(RangeScan scan) {
        var parts = scan.range().isWholeRing() && !scan.range().left().isMinimum()
                ? new TokenRange(scan.range().left(), scan.range().right()).unwrap()
                : scan.range().unwrap();
        if (scan.after().isEmpty()) {
            return parts;
        }
        var last = scan.after().get().token();
        var rest = new ArrayList<TokenRange>();
        boolean reached = false;
        for (var part : parts) {
            reached |= part.contains(last);
            if (reached) {
                rest.add(part);
            }
        }
        return rest;
    }

    /**
     * All partitions of the ranges, those of one key merged, without what deletions cover.
     *
     * @param normalised ranges that do not wrap; all when empty
     * @param after only keys greater than that one
     */
    static Iterator<UnfilteredRows> partitions(
            TableStore store, Snapshot snapshot, List<TokenRange> normalised, @Nullable Key after) throws IOException {
        var sources = new ArrayList<Iterator<UnfilteredRows>>();
        for (var memtable : snapshot.memtables()) {
            sources.add(new MemtableScan(store, memtable, normalised, after));
        }
        for (var sstable : snapshot.sstables()) {
            var ranges = after == null ? normalised : startingWith(normalised, after.token());
            var scanner = sstable.scan(ranges);
            sources.add(after == null ? scanner : new Skipping(scanner, after));
        }
        sources.add(Collections.emptyIterator());
        return new Settled(new MergedPartitions(store.table(), sources), store);
    }

    /** The ranges from the token on, itself included as other keys may have it too. */
    private static List<TokenRange> startingWith(List<TokenRange> ranges, Token token) {
        if (ranges.isEmpty()) {
            return ranges;
        }
        return ranges.stream()
                .filter(range -> range.right().isMinimum() || range.right().compareTo(token) >= 0)
                .toList();
    }

    /** What is in a memtable of the ranges. */
    private static final class MemtableScan implements Iterator<UnfilteredRows> {
        private final TableStore store;
        private final List<TokenRange> ranges;
        private final Iterator<Partition> partitions;
        private @Nullable Partition next;

        private MemtableScan(TableStore store, Memtable memtable, List<TokenRange> ranges, @Nullable Key after) {
            this.store = store;
            this.ranges = ranges;
            this.partitions = after != null
                    ? memtable.from(after, false)
                    : ranges.isEmpty() || ranges.get(0).left().isMinimum()
                            ? memtable.iterator()
                            : memtable.from(new Key(ranges.get(0).left(), Bytes.EMPTY), true);
        }

        @Override
        public boolean hasNext() {
            while (next == null && partitions.hasNext()) {
                var candidate = partitions.next();
                var token = candidate.key().token();
                if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(token))) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public UnfilteredRows next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            var found = next;
            next = null;
            return found.read(store.table());
        }
    }

    /** Leaves out keys up to that one. */
    private static final class Skipping implements Iterator<UnfilteredRows> {
        private final Iterator<UnfilteredRows> source;
        private final Key after;
        private @Nullable UnfilteredRows next;

        private Skipping(Iterator<UnfilteredRows> source, Key after) {
            this.source = source;
            this.after = after;
        }

        @Override
        public boolean hasNext() {
            while (next == null && source.hasNext()) {
                var candidate = source.next();
                if (candidate.key().compareTo(after) > 0) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public UnfilteredRows next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            var found = next;
            next = null;
            return found;
        }
    }

    /** Leaves out what deletions of the same partition cover. */
    private record Settled(Iterator<UnfilteredRows> source, TableStore store) implements Iterator<UnfilteredRows> {
        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public UnfilteredRows next() {
            var rows = source.next();
            return UnfilteredRows.merge(List.of(rows, UnfilteredRows.empty(rows.key(), false)), store.table());
        }
    }
}
