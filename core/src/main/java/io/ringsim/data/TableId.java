package io.ringsim.data;

import java.util.Comparator;

/** The name of a table within its keyspace. */
public record TableId(String keyspace, String table) implements Comparable<TableId> {
    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::keyspace).thenComparing(TableId::table);

    public TableId {
        if (keyspace.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException("a table needs a keyspace and a name");
        }
    }

    @Override
    public int compareTo(TableId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return keyspace + "." + table;
    }
}
