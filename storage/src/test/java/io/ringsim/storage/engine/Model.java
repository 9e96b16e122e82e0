package io.ringsim.storage.engine;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a store has to answer: all writes in a map. Of a write whose fate is open, since it was not acknowledged or was not
 * promised to be safe, both is possible: so under a key there are several possible contents, and a restart rules out those
 * that do not show.
 */
final class Model {
    /** What a reader sees of a row. */
    record Seen(Bytes clustering, boolean inserted, Map<Bytes, Bytes> cells) {}

    /** What all tables may have under one key. */
    private static final class Entry {
        private List<SortedMap<TableId, Partition>> possible = List.of(new TreeMap<>());
        private final List<Mutation> recent = new ArrayList<>();
        private final List<Mutation> open = new ArrayList<>();
    }

    private final SortedMap<TableId, TableMetadata> schema;
    private final SortedMap<Key, Entry> entries = new TreeMap<>();

    Model(SortedMap<TableId, TableMetadata> schema) {
        this.schema = schema;
    }

    private Entry entry(Key key) {
        return entries.computeIfAbsent(key, any -> new Entry());
    }

    private TableMetadata metadata(TableId table) {
        return requireNonNull(schema.get(table));
    }

    SortedSet<Key> keys() {
        return new TreeSet<>(entries.keySet());
    }

    /** The write may be there or not. */
    void open(Mutation mutation) {
        entry(mutation.key()).open.add(mutation);
    }

    /** The write is there, until a power loss at least. */
    void acknowledged(Mutation mutation) {
        var entry = entry(mutation.key());
        entry.open.remove(mutation);
        entry.recent.add(mutation);
    }

    /** All that was acknowledged is safe by now. */
    void safe() {
        entries.values().forEach(entry -> {
            entry.possible = entry.possible.stream()
                    .map(content -> merge(content, entry.recent))
                    .distinct()
                    .toList();
            entry.recent.clear();
        });
    }

    /** What was acknowledged and is not known to be safe may be there or not. */
    void powerLost() {
        entries.values().forEach(entry -> {
            entry.open.addAll(entry.recent);
            entry.recent.clear();
        });
    }

    private SortedMap<TableId, Partition> merge(SortedMap<TableId, Partition> content, List<Mutation> mutations) {
        var merged = new TreeMap<>(content);
        for (var mutation : mutations) {
            for (var update : mutation.updates()) {
                merged.merge(update.table(), update.partition(), (a, b) -> a.merge(b, metadata(update.table())));
            }
        }
        return merged;
    }

    /** How many writes to the key are not known to be there for good. */
    int doubts(Key key) {
        var entry = entry(key);
        return entry.open.size() + entry.recent.size() + Integer.bitCount(entry.possible.size() - 1);
    }

    /** What may be there under the key now, one possibility for each choice of open writes. */
    private List<SortedMap<TableId, Partition>> contents(Entry entry) {
        var contents = new ArrayList<SortedMap<TableId, Partition>>();
        for (var content : entry.possible) {
            var known = merge(content, entry.recent);
            for (int subset = 0; subset < 1 << entry.open.size(); subset++) {
                var chosen = new ArrayList<Mutation>();
                for (int i = 0; i < entry.open.size(); i++) {
                    if ((subset >> i & 1) == 1) {
                        chosen.add(entry.open.get(i));
                    }
                }
                contents.add(merge(known, chosen));
            }
        }
        return contents;
    }

    /** What may be seen of a slice. */
    List<List<Seen>> possible(TableId table, Key key, Slice slice, long nowSeconds) {
        return contents(entry(key)).stream()
                .map(content -> seen(content, table, key, slice, nowSeconds))
                .toList();
    }

    private List<Seen> seen(
            SortedMap<TableId, Partition> content, TableId table, Key key, Slice slice, long nowSeconds) {
        return seen(content.getOrDefault(table, Partition.empty(key)), metadata(table), slice, nowSeconds);
    }

    /** After a restart: rules out what does not show; false if nothing that is possible shows. */
    boolean settle(Key key, Map<TableId, List<Seen>> read, long nowSeconds) {
        var entry = entry(key);
        entry.possible = contents(entry).stream()
                .filter(content -> read.entrySet().stream()
                        .allMatch(each -> seen(content, each.getKey(), key, Slice.ALL, nowSeconds)
                                .equals(each.getValue())))
                .distinct()
                .toList();
        entry.recent.clear();
        entry.open.clear();
        return !entry.possible.isEmpty();
    }

    /** What a reader sees of a partition. */
    static List<Seen> seen(Partition partition, TableMetadata table, Slice slice, long nowSeconds) {
        var shown = Partition.of(UnfilteredRows.merge(
                List.of(partition.read(table), UnfilteredRows.empty(partition.key(), false)), table));
        var seen = new ArrayList<Seen>();
        for (var row : shown.rows()) {
            var position = Position.of(row.clustering());
            if (row.isLive(nowSeconds)
                    && slice.from().compareTo(position, table.comparator()) < 0
                    && position.compareTo(slice.to(), table.comparator()) < 0) {
                seen.add(seen(row, nowSeconds));
            }
        }
        return seen;
    }

    static Seen seen(Row row, long nowSeconds) {
        var cells = new LinkedHashMap<Bytes, Bytes>();
        for (Cell cell : row.cells()) {
            if (cell.isLive(nowSeconds)) {
                cells.put(cell.column(), cell.value());
            }
        }
        return new Seen(row.clustering(), row.liveness().isLive(nowSeconds), cells);
    }
}
