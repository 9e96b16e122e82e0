package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.ring.TokenRange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a node holds, as sizes. A value: what is planned and what is streamed come from the same functions on it. */
public record SizedStore(SortedMap<TableId, SizedTable> tables) {
    public static final SizedStore EMPTY = new SizedStore(Collections.emptySortedMap());

    public SizedStore {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** The store with this table in place of the one of the same name. */
    public SizedStore with(SizedTable table) {
        var changed = new TreeMap<>(tables);
        changed.put(table.id(), table);
        return new SizedStore(changed);
    }

    public SizedTable table(TableId id) {
        var table = tables.get(id);
        return table == null ? SizedTable.empty(id) : table;
    }

    public List<SizedTable> tablesOf(String keyspace) {
        return tables.values().stream()
                .filter(table -> table.id().keyspace().equals(keyspace))
                .toList();
    }

    public long bytes() {
        return tables.values().stream().mapToLong(SizedTable::bytes).sum();
    }

    /** The files to send to one who requests these ranges of a keyspace, table by table, the oldest SSTable first. */
    public List<StreamableFile> filesFor(String keyspace, Collection<TokenRange> ranges, SizeModel model) {
        var requested = Coverage.of(ranges);
        return tablesOf(keyspace).stream()
                .flatMap(table -> table.filesFor(requested, model).stream())
                .toList();
    }
}
