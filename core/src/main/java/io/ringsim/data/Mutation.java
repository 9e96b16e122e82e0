package io.ringsim.data;

import java.util.List;

/**
 * A write: what changes under one key, in one or several tables of a keyspace. All of it is applied, or nothing.
 */
public record Mutation(Key key, List<Update> updates) {
    /** What changes in one table. */
    public record Update(TableId table, Partition partition) {}

    public Mutation {
        updates = List.copyOf(updates);
        if (updates.isEmpty()) {
            throw new IllegalArgumentException("a write changes something");
        }
        var keyspace = updates.get(0).table().keyspace();
        for (var update : updates) {
            if (!update.table().keyspace().equals(keyspace)
                    || !update.partition().key().equals(key)) {
                throw new IllegalArgumentException("a write is to one key of one keyspace, not also to "
                        + update.partition().key() + " of " + update.table());
            }
        }
    }

    public static Mutation of(TableId table, Partition partition) {
        return new Mutation(partition.key(), List.of(new Update(table, partition)));
    }

    public String keyspace() {
        return updates.get(0).table().keyspace();
    }
}
