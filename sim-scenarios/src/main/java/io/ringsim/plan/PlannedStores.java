package io.ringsim.plan;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each member holds of one keyspace: its tables' bytes spread evenly over the ranges it is a replica of. */
final class PlannedStores {
    private final List<TableSize> tables;
    private final Map<NodeId, List<TokenRange>> ranges = new HashMap<>();
    private final SortedMap<NodeId, List<SizedTable>> stores = new TreeMap<>();

    PlannedStores(Keyspace keyspace, TokenRing ring, List<TableSize> tables) {
        this.tables = tables.stream()
                .filter(table -> table.id().keyspace().equals(keyspace.name()))
                .toList();
        for (TokenRange range : ring.ranges()) {
            for (NodeId node : keyspace.replication().replicas(ring, range.right())) {
                ranges.computeIfAbsent(node, any -> new ArrayList<>()).add(range);
            }
        }
    }

    /** The node's tables. */
    List<SizedTable> of(NodeId node) {
        return stores.computeIfAbsent(node, this::store);
    }

    private List<SizedTable> store(NodeId node) {
        var covered = Coverage.of(ranges.getOrDefault(node, List.of()));
        return tables.stream()
                .map(table -> SizedTable.evenly(table.id(), table.on(node), table.sstablesOn(node), covered))
                .toList();
    }

    long bytesIn(NodeId node, Coverage requested) {
        return of(node).stream().mapToLong(table -> table.bytesIn(requested)).sum();
    }
}
