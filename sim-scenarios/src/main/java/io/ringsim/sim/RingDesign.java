package io.ringsim.sim;

import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRing;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedStore;
import io.ringsim.storage.SizedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A ring as it stands when a simulation begins: its members with their tokens, its keyspaces, and either how much data each
 * member has of each table, or tables of real rows.
 */
public record RingDesign(
        Partitioner partitioner,
        List<Member> members,
        List<Keyspace> keyspaces,
        List<Table> tables,
        List<RowTable> rowTables) {
    /** What a row takes on disk beyond its value, and how much of its value compression leaves, in a table's estimated size. */
    private static final int ROW_OVERHEAD = 60;

    private static final double COMPRESSED = 0.6;
    private static final int ROW_SSTABLES = 3;

    /** A member of the ring. */
    public record Member(NodeId node, Location location, List<Token> tokens) {
        public Member {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * A table of which only sizes are known.
     *
     * @param bytes on each member
     * @param sstables into how many SSTables a member's bytes are split
     */
    public record Table(TableId id, SortedMap<NodeId, Long> bytes, int sstables) {
        public Table {
            bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
        }
    }

    /**
     * A table of real rows, each under a key of its own. Each member begins with those that it is a replica of.
     *
     * @param rows in the whole table
     * @param rowBytes of each row's value
     */
    public record RowTable(TableId id, int rows, int rowBytes) {
        public RowTable {
            if (rows < 1 || rowBytes < 1) {
                throw new IllegalArgumentException(id + " has rows, and they have values: " + rows + ", " + rowBytes);
            }
        }
    }

    public RingDesign {
        members = List.copyOf(members);
        keyspaces = List.copyOf(keyspaces);
        tables = List.copyOf(tables);
        rowTables = List.copyOf(rowTables);
        if (!tables.isEmpty() && !rowTables.isEmpty()) {
            throw new IllegalArgumentException("the nodes of a ring keep either sizes or rows, not both");
        }
    }

    /** A ring whose data is sizes. */
    public RingDesign(Partitioner partitioner, List<Member> members, List<Keyspace> keyspaces, List<Table> tables) {
        this(partitioner, members, keyspaces, tables, List.of());
    }

    /** Whether the nodes keep rows; else they keep sizes. */
    public boolean hasRows() {
        return !rowTables.isEmpty();
    }

    public List<TableId> tablesOf(String keyspace) {
        return Stream.concat(tables.stream().map(Table::id), rowTables.stream().map(RowTable::id))
                .filter(table -> table.keyspace().equals(keyspace))
                .toList();
    }

    /** How the tables of rows are declared. */
    public List<TableMetadata> rowMetadata() {
        return rowTables.stream()
                .map(table -> TableMetadata.standard(table.id()))
                .toList();
    }

    /** All tables as sizes; those of rows as each member's share of them lets expect. */
    public List<Table> sizes() {
        if (!hasRows()) {
            return tables;
        }
        var ring = ring();
        var sizes = new ArrayList<Table>();
        for (var keyspace : keyspaces) {
            var owned = ring.ownership(keyspace.replication());
            for (var table : rowTables) {
                if (table.id().keyspace().equals(keyspace.name())) {
                    double all = table.rows() * (table.rowBytes() * COMPRESSED + ROW_OVERHEAD);
                    var bytes = new TreeMap<NodeId, Long>();
                    owned.forEach((node, share) -> bytes.put(node, Math.round(all * share)));
                    sizes.add(new Table(table.id(), bytes, ROW_SSTABLES));
                }
            }
        }
        return sizes;
    }

    public TokenRing ring() {
        return TokenRing.of(
                partitioner,
                members.stream()
                        .map(member -> new TokenRing.Member(member.node(), member.location(), member.tokens()))
                        .toList());
    }

    /** Whether no member has any data of the table. */
    public boolean isEmpty(TableId table) {
        return !hasRows()
                && tables.stream()
                        .filter(any -> any.id().equals(table))
                        .allMatch(any -> any.bytes().values().stream().allMatch(bytes -> bytes == 0));
    }

    /** What is on each member's disk: every table's bytes spread evenly over the ranges the member is a replica of. */
    public SortedMap<NodeId, SizedStore> stores() {
        var ring = ring();
        var stores = new TreeMap<NodeId, SizedStore>();
        members.forEach(member -> stores.put(member.node(), SizedStore.EMPTY));
        for (var keyspace : keyspaces) {
            for (var member : members) {
                var covered = Coverage.of(keyspace.replication().rangesOf(ring, member.node()));
                for (var table : tables) {
                    if (table.id().keyspace().equals(keyspace.name())) {
                        long bytes = table.bytes().getOrDefault(member.node(), 0L);
                        var sized = SizedTable.evenly(table.id(), bytes, table.sstables(), covered);
                        stores.merge(member.node(), SizedStore.EMPTY.with(sized), (store, one) -> store.with(sized));
                    }
                }
            }
        }
        return stores;
    }

    /**
     * Tokens that the seed draws for a node; none of them is taken.
     *
     * @param randomness the world's; the draw depends on its seed and the node's name only
     */
    public static List<Token> drawTokens(
            Partitioner partitioner, Randomness randomness, NodeId node, int count, TreeSet<Token> taken) {
        var chance = randomness.fork("tokens " + node);
        var tokens = new ArrayList<Token>();
        while (tokens.size() < count) {
            var token = partitioner.randomToken(chance);
            if (taken.add(token)) {
                tokens.add(token);
            }
        }
        Collections.sort(tokens);
        return tokens;
    }
}
