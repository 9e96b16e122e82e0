package io.ringsim.plan;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.storage.SizedTable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of a table each member has.
 *
 * @param sstables on each node; 0 for as many as its bytes make likely
 */
public record TableSize(TableId id, SortedMap<NodeId, Long> bytes, int sstables) {
    public TableSize {
        bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
    }

    long on(NodeId node) {
        return bytes.getOrDefault(node, 0L);
    }

    /** Into how many SSTables a node's bytes are split. */
    public int sstablesOn(NodeId node) {
        return sstables > 0 ? sstables : SizedTable.likelySSTables(on(node));
    }
}
