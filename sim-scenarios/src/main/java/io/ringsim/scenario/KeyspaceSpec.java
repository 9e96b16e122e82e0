package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A keyspace: where its replicas go, and how much data its tables hold, or which rows. */
public record KeyspaceSpec(String name, Replication replication, List<Table> tables, List<RowTable> rowTables) {
    public KeyspaceSpec {
        tables = List.copyOf(tables);
        rowTables = List.copyOf(rowTables);
    }

    /** A keyspace of sizes. */
    public KeyspaceSpec(String name, Replication replication, List<Table> tables) {
        this(name, replication, tables, List.of());
    }

    /**
     * A table of real rows.
     *
     * @param rows in the whole table, each under a key of its own
     * @param rowBytes of each row's value
     */
    public record RowTable(String name, int rows, int rowBytes) {}

    /**
     * A replication strategy as a keyspace's definition writes it.
     *
     * @param className without its package: {@code NetworkTopologyStrategy}
     * @param options {@code replication_factor}, or a factor per datacenter
     */
    public record Replication(String className, SortedMap<String, String> options) {
        public Replication {
            options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        }
    }

    /**
     * A table of which only the size is known: so many bytes in so many SSTables on each node.
     *
     * @param dataPerNode bytes on a node that {@code exceptions} does not name
     * @param sstables how many SSTables a node has of it
     */
    public record Table(String name, long dataPerNode, SortedMap<NodeId, Long> exceptions, int sstables) {
        public Table {
            exceptions = Collections.unmodifiableSortedMap(new TreeMap<>(exceptions));
        }

        /** Bytes of this table on a node at the start. */
        public long dataOn(NodeId node) {
            return exceptions.getOrDefault(node, dataPerNode);
        }
    }
}
