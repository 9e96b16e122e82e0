package io.ringsim.spi;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store that remembers what it is told, in a disk that outlives it. It keeps the rows of the tables its disk is made for
 * and refuses all others; nothing in it ever expires.
 */
public final class FakeStore {
    /** What survives the store. */
    public static final class Disk {
        private record Table(TableMetadata metadata, Map<Key, Partition> rows) {}

        private final Map<TableId, Table> tables = new TreeMap<>();
        private NodeRecord record = NodeRecord.NEW;
        private boolean broken;

        public Disk(TableMetadata... tables) {
            for (var table : tables) {
                this.tables.put(table.id(), new Table(table, new TreeMap<>()));
            }
        }

        public NodeRecord record() {
            return record;
        }

        public void record(NodeRecord next) {
            record = next;
        }

        /** Has every write and read refused. */
        public void breakDown() {
            broken = true;
        }

        private boolean keeps(TableId table) {
            return tables.containsKey(table) && !broken;
        }

        private void apply(Mutation mutation) {
            for (var update : mutation.updates()) {
                var table = requireNonNull(tables.get(update.table()));
                table.rows()
                        .merge(mutation.key(), update.partition(), (old, more) -> old.merge(more, table.metadata()));
            }
        }

        /** What is here of the rows that were asked for. */
        public Partition read(PartitionQuery query) {
            var table = requireNonNull(tables.get(query.table()));
            var all = table.rows().getOrDefault(query.key(), Partition.empty(query.key()));
            return FakeStore.read(all, query, table.metadata());
        }
    }

    private FakeStore() {}

    public static Behavior<LocalStore.Command> create(Disk disk, long load) {
        return Behaviors.receive(LocalStore.Command.class)
                .onMessage(LocalStore.Apply.class, apply -> {
                    if (apply.mutation().updates().stream().allMatch(update -> disk.keeps(update.table()))) {
                        disk.apply(apply.mutation());
                        apply.replyTo().tell(new LocalStore.Applied());
                    } else {
                        apply.replyTo().tell(new LocalStore.Refused("this store keeps no rows"));
                    }
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Read.class, read -> {
                    read.replyTo()
                            .tell(
                                    disk.keeps(read.query().table())
                                            ? new LocalStore.Rows(disk.read(read.query()))
                                            : new LocalStore.Refused("this store keeps no rows"));
                    return Behaviors.same();
                })
                .onMessage(LocalStore.GetLoad.class, get -> {
                    get.replyTo().tell(new LocalStore.Load(load));
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Recall.class, recall -> {
                    recall.replyTo().tell(disk.record());
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Remember.class, remember -> {
                    disk.record(remember.record());
                    return Behaviors.same();
                })
                .build();
    }

    /** Of all that is under a key what answers a query: without what is deleted, no further than the last live row it wants. */
    public static Partition read(Partition all, PartitionQuery query, TableMetadata table) {
        var parts = new ArrayList<UnfilteredRows>();
        for (var slice : query.slices()) {
            parts.add(all.read(slice, false, table));
        }
        var nothing = UnfilteredRows.empty(query.key(), false);
        var known = Partition.of(UnfilteredRows.merge(List.of(UnfilteredRows.concat(parts), nothing), table));
        var rows = new ArrayList<>(known.rows());
        if (query.reversed()) {
            Collections.reverse(rows);
        }
        var taken = new ArrayList<Row>();
        int live = 0;
        for (int i = 0; i < rows.size() && live < query.limit(); i++) {
            taken.add(query.columns().isEmpty() ? rows.get(i) : rows.get(i).only(query.columns()));
            live += taken.get(i).isLive(0) ? 1 : 0;
        }
        taken.sort(Comparator.comparing(Row::clustering, table.comparator()));
        return Partition.of(query.key(), known.deletion(), known.staticRow(), taken, known.rangeTombstones());
    }
}
