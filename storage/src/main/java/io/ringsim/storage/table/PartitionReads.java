package io.ringsim.storage.table;

import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Slice;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.storage.sstable.IndexEntry;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads of one partition: row cache, memtables, then SSTables by the age of their newest data, until older ones can change
 * nothing. [db/SinglePartitionReadCommand]
 */
final class PartitionReads {
    /** A key in one SSTable. */
    private record Place(SSTableId sstable, Key key) {}

    private final TableStore store;
    private final TableMetadata table;
    private final LruCache<Place, IndexEntry> keyCache;
    private final RowCache rowCache;

    PartitionReads(TableStore store, TableMetadata table) {
        this.store = store;
        this.table = table;
        this.keyCache = new LruCache<>(table.options().keysCached());
        this.rowCache = new RowCache(table.options().rowsCached());
    }

    RowCache rowCache() {
        return rowCache;
    }

    CacheHits keyCacheHits() {
        return new CacheHits(keyCache.hits(), keyCache.requests());
    }

    void forget(SSTableId gone) {
        keyCache.removeIf(place -> place.sstable().equals(gone));
    }

    /** What is asked for, tombstones that are still kept included; of live rows at most as many as the limit. */
    Partition read(PartitionQuery query, ReadTrace trace) throws IOException {
        if (trace.isListening()) {
            trace.step("Executing single-partition query on " + table.id().table());
        }
        if (rowCache.isEnabled()) {
            return cut(slices(cached(query.key(), trace), query.slices(), query.reversed()), query, trace);
        }
        try (var snapshot = Snapshot.of(store)) {
            trace.step("Acquiring sstable references");
            var rows = query.isNamed()
                    ? newestFirst(snapshot, query, trace)
                    : all(snapshot, query.key(), query.slices(), query.reversed(), trace);
            return cut(rows, query, trace);
        }
    }

    private Partition cut(UnfilteredRows rows, PartitionQuery query, ReadTrace trace) {
        var limited = Limited.of(rows.purge(store.readPurge()), query.columns(), query.limit(), store.nowSeconds());
        if (trace.isListening()) {
            trace.step("Read " + limited.liveRows() + " live rows and " + limited.tombstones() + " tombstone cells");
        }
        return limited.partition();
    }

    private Partition cached(Key key, ReadTrace trace) throws IOException {
        var hit = rowCache.get(key);
        if (hit.isPresent()) {
            trace.step("Row cache hit");
            return hit.get();
        }
        trace.step("Row cache miss");
        var promise = rowCache.promise(key);
        try (var snapshot = Snapshot.of(store)) {
            trace.step("Acquiring sstable references");
            var partition = Partition.of(all(snapshot, key, List.of(Slice.ALL), false, trace));
            promise.keep(partition);
            return partition;
        }
    }

    private UnfilteredRows slices(Partition partition, List<Slice> slices, boolean reversed) {
        if (slices.size() == 1) {
            return partition.read(slices.get(0), reversed, table);
        }
        var parts = new ArrayList<UnfilteredRows>(slices.size());
        for (var slice : slices) {
            parts.add(partition.read(slice, reversed, table));
        }
        if (reversed) {
            Collections.reverse(parts);
        }
        return UnfilteredRows.concat(parts);
    }

    /** The slices from wherever something of them may be. */
    private UnfilteredRows all(Snapshot snapshot, Key key, List<Slice> slices, boolean reversed, ReadTrace trace)
            throws IOException {
        var sources = new ArrayList<UnfilteredRows>();
        var deletion = Deletion.LIVE;
        trace.step("Merging memtable contents");
        for (var memtable : snapshot.memtables()) {
            var partition = memtable.get(key);
            if (partition.isPresent()) {
                deletion = deletion.max(partition.get().deletion());
                sources.add(slices(partition.get(), slices, reversed));
            }
        }
        int read = 0;
        for (var sstable : snapshot.sstables()) {
            if (deletion.deletes(sstable.stats().maxTimestamp())) {
                break; // this one and all after it have nothing that is newer
            }
            var entry = locate(sstable, key, trace);
            if (entry.isPresent()) {
                var rows = sstable.read(entry.get(), key, slices, reversed);
                deletion = deletion.max(rows.deletion());
                sources.add(rows);
                read++;
            }
        }
        if (trace.isListening()) {
            trace.step("Merged data from memtables and " + read + " sstables");
        }
        return merge(sources, key, reversed);
    }

    /** The rows by name: from the newest on, until all that is asked for is newer than what is left to look at. */
    private UnfilteredRows newestFirst(Snapshot snapshot, PartitionQuery query, ReadTrace trace) throws IOException {
        var found = Partition.empty(query.key());
        trace.step("Merging memtable contents");
        for (var memtable : snapshot.memtables()) {
            var partition = memtable.get(query.key());
            if (partition.isPresent()) {
                found = found.merge(Partition.of(slices(partition.get(), query.slices(), false)), table);
            }
        }
        int read = 0;
        for (var sstable : snapshot.sstables()) {
            var wanted = undecided(found, query, sstable.stats().maxTimestamp());
            if (wanted.isEmpty()) {
                break;
            }
            var entry = locate(sstable, query.key(), trace);
            if (entry.isPresent()) {
                found = found.merge(Partition.of(sstable.read(entry.get(), query.key(), wanted, false)), table);
                read++;
            }
        }
        if (trace.isListening()) {
            trace.step("Merged data from memtables and " + read + " sstables");
        }
        return merge(List.of(slices(found, query.slices(), query.reversed())), query.key(), query.reversed());
    }

    /** Of which rows something written at that timestamp or before could still change what is asked for. */
    private List<Slice> undecided(Partition found, PartitionQuery query, long timestamp) {
        if (found.deletion().deletes(timestamp)) {
            return List.of();
        }
        if (query.columns().isEmpty()) {
            return query.slices();
        }
        return query.slices().stream()
                .filter(slice -> !isDecided(found, slice, query, timestamp))
                .toList();
    }

    private boolean isDecided(Partition found, Slice slice, PartitionQuery query, long timestamp) {
        var row = found.row(slice.from().clustering(), table.comparator());
        if (row.isEmpty()) {
            return false;
        }
        boolean known = row.get().liveness().timestamp() > timestamp;
        for (var column : query.columns()) {
            var cell = row.get().cell(column);
            if (cell.isEmpty() || cell.get().timestamp() <= timestamp) {
                return false;
            }
            known |= isLive(cell.get());
        }
        return known;
    }

    private boolean isLive(Cell cell) {
        return cell.isLive(store.nowSeconds());
    }

    /** Without what is covered by deletions, also when there is one source only. */
    private UnfilteredRows merge(List<UnfilteredRows> sources, Key key, boolean reversed) {
        if (sources.size() > 1) {
            return UnfilteredRows.merge(sources, table);
        }
        var nothing = UnfilteredRows.empty(key, reversed);
        return sources.isEmpty() ? nothing : UnfilteredRows.merge(List.of(sources.get(0), nothing), table);
    }

    private Optional<IndexEntry> locate(SSTableReader sstable, Key key, ReadTrace trace) throws IOException {
        if (key.compareTo(sstable.first()) < 0 || key.compareTo(sstable.last()) > 0) {
            return Optional.empty();
        }
        if (!sstable.mayContain(key)) {
            if (trace.isListening()) {
                trace.step("Bloom filter allows skipping sstable " + sstable.id());
            }
            return Optional.empty();
        }
        if (!keyCache.isEnabled()) {
            return lookUp(sstable, key, trace);
        }
        var place = new Place(sstable.id(), key);
        var cached = keyCache.get(place);
        if (cached.isPresent()) {
            if (trace.isListening()) {
                trace.step("Key cache hit for sstable " + sstable.id());
            }
            return cached;
        }
        var found = lookUp(sstable, key, trace);
        found.ifPresent(entry -> keyCache.put(place, entry));
        return found;
    }

    private static Optional<IndexEntry> lookUp(SSTableReader sstable, Key key, ReadTrace trace) throws IOException {
        var found = sstable.locate(key);
        if (found.isEmpty()) {
            if (trace.isListening()) {
                trace.step("Partition index lookup complete (bloom filter false positive) for sstable " + sstable.id());
            }
        } else {
            if (trace.isListening()) {
                trace.step(
                        "Partition index with " + found.get().blocks() + " entries found for sstable " + sstable.id());
            }
        }
        return found;
    }
}
