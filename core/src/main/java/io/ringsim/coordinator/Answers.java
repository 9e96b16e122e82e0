package io.ringsim.coordinator;

import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.NodeId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What replicas answered to one query. */
record Answers(PartitionQuery query, TableMetadata table, SortedMap<NodeId, Partition> byReplica) {
    Answers {
        byReplica = Collections.unmodifiableSortedMap(new TreeMap<>(byReplica));
    }

    static Answers none(PartitionQuery query, TableMetadata table) {
        return new Answers(query, table, Collections.emptySortedMap());
    }

    Answers with(NodeId replica, Partition partition) {
        var more = new TreeMap<>(byReplica);
        more.put(replica, partition);
        return new Answers(query, table, more);
    }

    /** What they know together, and nothing that is covered by a deletion of it. */
    Partition together() {
        var sources = byReplica.values().stream()
                .map(partition -> partition.read(table))
                .toList();
        return sources.isEmpty() ? Partition.empty(query.key()) : Partition.of(UnfilteredRows.merge(sources, table));
    }

    /**
     * Whether they may lack rows that belong into the result. A replica that stopped at the limit may know something of the
     * rows beyond, and if others know that some of its rows are deleted, those beyond count. [service/reads/ShortReadProtection]
     */
    boolean isShort(long nowSeconds) {
        var order = readOrder();
        var ends = byReplica.values().stream()
                .map(answer -> lastOfLimit(answer, nowSeconds))
                .flatMap(List::stream)
                .sorted(order)
                .toList();
        if (ends.isEmpty()) {
            return false;
        }
        long certain = together().rows().stream()
                .filter(row -> row.isLive(nowSeconds) && order.compare(row, ends.get(0)) <= 0)
                .count();
        return certain < query.limit();
    }

    /** The row at which a replica stopped for the limit; none when it did not stop. */
    private List<Row> lastOfLimit(Partition answer, long nowSeconds) {
        var live = live(answer, nowSeconds);
        return live.size() < query.limit() ? List.of() : List.of(live.get(live.size() - 1));
    }

    /** The live rows in the order in which they are read. */
    private List<Row> live(Partition partition, long nowSeconds) {
        return partition.rows().stream()
                .filter(row -> row.isLive(nowSeconds))
                .sorted(readOrder())
                .toList();
    }

    private Comparator<Row> readOrder() {
        var order = Comparator.comparing(Row::clustering, table.comparator());
        return query.reversed() ? order.reversed() : order;
    }

    /** What the client gets of it: no live rows beyond its limit. */
    Partition result(Partition together, int limit, long nowSeconds) {
        var live = live(together, nowSeconds);
        if (live.size() <= limit) {
            return together;
        }
        var last = live.get(limit - 1);
        var order = readOrder();
        return Partition.of(
                together.key(),
                together.deletion(),
                together.staticRow(),
                together.rows().stream()
                        .filter(row -> order.compare(row, last) <= 0)
                        .toList(),
                together.rangeTombstones());
    }

    /** The same question for twice as many rows. */
    Answers further() {
        int limit = query.limit() > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * query.limit();
        var more = new PartitionQuery(
                query.table(), query.key(), query.slices(), query.columns(), query.reversed(), limit);
        return none(more, table);
    }

    /** What has to be written to whom, so that each that answered knows what they know together. */
    SortedMap<NodeId, Mutation> repairs(Partition together) {
        var repairs = new TreeMap<NodeId, Mutation>();
        byReplica.forEach((replica, answer) -> {
            var missing = Difference.of(together, answer, table);
            if (!missing.isEmpty()) {
                repairs.put(replica, Mutation.of(query.table(), missing));
            }
        });
        return repairs;
    }
}
