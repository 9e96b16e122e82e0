package io.ringsim.storage.table;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Liveness;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A local index of one column: a table of its own, on the same node, whose keys are values and whose rows are named by where
 * a value is. Its writes are in the memtable when those of the indexed table are, and are flushed before them. What is
 * overwritten or deleted leaves its entry behind; a read finds that out, leaves it aside and deletes it.
 */
final class SecondaryIndex {
    private final Bytes column;
    private final TableStore base;
    private final TableStore store;

    private SecondaryIndex(Bytes column, TableStore base, TableStore store) {
        this.column = column;
        this.base = base;
        this.store = store;
    }

    static SecondaryIndex open(TableContext context, TableStore base, Bytes column, String directory)
            throws IOException {
        var id = base.table().id();
        var name = new TableId(id.keyspace(), id.table() + "." + column.toHex() + "_idx");
        var table = TableMetadata.standard(name, ComparatorType.BYTES)
                .with(base.table().options());
        var ofIndex = context.with(Partitioner.BYTE_ORDERED);
        var store = TableStore.open(ofIndex, table, directory + "/" + column.toHex() + "_idx");
        return new SecondaryIndex(column, base, store);
    }

    Bytes column() {
        return column;
    }

    TableStore store() {
        return store;
    }

    void apply(Partition update, CommitLogPosition position) throws IOException {
        for (int i = 0; i < update.rowCount(); i++) {
            var entry = entry(update.key(), update.row(i));
            if (entry.isPresent()) {
                store.apply(entry.get(), position);
            }
        }
    }

    /** The entry of a row, unless it has no value in the column. */
    private Optional<Partition> entry(Key key, Row row) {
        return row.cell(column)
                .filter(cell -> !cell.isTombstone() && !cell.value().isEmpty())
                .map(cell -> Partition.of(
                        Key.of(Partitioner.BYTE_ORDERED, cell.value()),
                        Row.of(place(key, row.clustering()), liveness(cell), Deletion.LIVE, List.of())));
    }

    private static Liveness liveness(Cell cell) {
        return new Liveness(cell.timestamp(), cell.ttl(), cell.localDeletionTime());
    }

    private static Bytes place(Key key, Bytes clustering) {
        var buffer = ByteBuffer.allocate(Integer.BYTES + key.bytes().size() + clustering.size());
        buffer.putInt(key.bytes().size());
        key.bytes().writeTo(buffer);
        clustering.writeTo(buffer);
        return Bytes.wrap(buffer.array());
    }

    /** Adds what is in received SSTables, durably. */
    void build(List<SSTableReader> received) throws IOException {
        for (var sstable : received) {
            for (Iterator<UnfilteredRows> partitions = sstable.scan(List.of()); partitions.hasNext(); ) {
                var rows = partitions.next();
                while (rows.hasNext()) {
                    if (rows.next() instanceof Row row) {
                        var entry = entry(rows.key(), row);
                        if (entry.isPresent()) {
                            store.applyUnlogged(entry.get());
                        }
                    }
                }
            }
        }
        store.flushNow();
    }

    /** The rows that have the value now, each as a partition with that row. */
    List<Partition> read(Bytes value, int limit) throws IOException {
        var key = Key.of(Partitioner.BYTE_ORDERED, value);
        var entries = store.read(PartitionQuery.all(store.table().id(), key), ReadTrace.NONE);
        var found = new ArrayList<Partition>();
        for (int i = 0; i < entries.rowCount() && found.size() < limit; i++) {
            var entry = entries.row(i);
            if (!entry.isLive(base.nowSeconds())) {
                continue;
            }
            var indexed = indexed(entry.clustering(), value);
            if (indexed.isPresent()) {
                found.add(indexed.get());
            } else {
                delete(key, entry);
            }
        }
        return found;
    }

    private Optional<Partition> indexed(Bytes place, Bytes value) throws IOException {
        var buffer = ByteBuffer.wrap(place.toArray());
        var key = Key.of(base.partitioner(), Bytes.read(buffer, buffer.getInt()));
        var clustering = Bytes.read(buffer, buffer.remaining());
        var query = PartitionQuery.named(base.table().id(), key, List.of(clustering));
        var partition = base.read(query, ReadTrace.NONE);
        return partition
                        .row(clustering, base.table().comparator())
                        .flatMap(row -> row.cell(column))
                        .filter(cell ->
                                cell.isLive(base.nowSeconds()) && cell.value().equals(value))
                        .isPresent()
                ? Optional.of(partition)
                : Optional.empty();
    }

    /** Not logged: if it gets lost the next read does it again. */
    private void delete(Key key, Row stale) throws IOException {
        var deletion = new Deletion(stale.liveness().timestamp(), base.nowSeconds());
        store.applyUnlogged(Partition.of(key, Row.deleted(stale.clustering(), deletion)));
    }
}
