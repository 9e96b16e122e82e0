package io.ringsim.coordinator;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;

/** How many bytes data takes on the wire, much as Cassandra 2.1 writes it. */
final class WireSizes {
    private static final int LENGTH = 2;
    private static final int COUNT = 4;
    private static final int TABLE_ID = 16;
    /** A timestamp and the second it was made. */
    private static final int DELETION = 12;
    /** Flags, timestamp, length of the value. */
    private static final int CELL = 13;
    /** A time to live and the second it is over. */
    private static final int EXPIRY = 8;
    /** Flags, reversed, limit, number of slices and of columns, and when it was asked. */
    private static final int QUERY = 26;

    private WireSizes() {}

    static long of(Mutation mutation) {
        long bytes = LENGTH + mutation.keyspace().length() + of(mutation.key().bytes()) + COUNT;
        for (var update : mutation.updates()) {
            bytes += TABLE_ID + of(update.partition());
        }
        return bytes;
    }

    static long of(PartitionQuery query) {
        long bytes = QUERY
                + LENGTH
                + query.table().keyspace().length()
                + LENGTH
                + query.table().table().length()
                + of(query.key().bytes());
        for (var slice : query.slices()) {
            bytes += of(slice);
        }
        for (var column : query.columns()) {
            bytes += of(column);
        }
        return bytes;
    }

    static long of(Partition partition) {
        long bytes = of(partition.key().bytes()) + DELETION + COUNT + of(partition.staticRow());
        for (int i = 0; i < partition.rowCount(); i++) {
            bytes += of(partition.row(i));
        }
        for (var range : partition.rangeTombstones()) {
            bytes += of(range.slice()) + DELETION;
        }
        return bytes;
    }

    private static long of(Row row) {
        if (row.isEmpty()) {
            return 0;
        }
        long bytes = of(row.clustering()) + of(row.deletion());
        bytes += row.liveness().isEmpty() ? 0 : CELL + (row.liveness().isExpiring() ? EXPIRY : 0);
        for (int i = 0; i < row.size(); i++) {
            var cell = row.cell(i);
            bytes += LENGTH + CELL + cell.dataSize() + (cell.isExpiring() ? EXPIRY : 0);
        }
        return bytes;
    }

    private static long of(Deletion deletion) {
        return deletion.isLive() ? 0 : DELETION;
    }

    private static long of(Slice slice) {
        return of(slice.from().clustering()) + of(slice.to().clustering()) + 2;
    }

    private static long of(Bytes bytes) {
        return (long) LENGTH + bytes.size();
    }
}
