package io.ringsim.storage.commitlog;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Writes that tell one another apart, and what a log gives back. */
final class Writes {
    static final TableId USERS = new TableId("shop", "users");
    static final TableId ORDERS = new TableId("shop", "orders");

    /** A write as it was read from a log. */
    record Replayed(Mutation mutation, CommitLogPosition position) {}

    private Writes() {}

    /** The write of that number, with a value of {@code size} bytes, to each of the tables. */
    static Mutation of(int number, int size, TableId... tables) {
        var key = Key.of(Partitioner.MURMUR3, Bytes.utf8("key " + number));
        var value = new byte[size];
        Arrays.fill(value, (byte) (number * 31 + 7));
        var row = Row.of(Bytes.EMPTY, Cell.live(Bytes.utf8("v"), number, Bytes.wrap(value)));
        return new Mutation(
                key,
                Arrays.stream(tables)
                        .map(table -> new Mutation.Update(table, Partition.of(key, row)))
                        .toList());
    }

    static Mutation of(int number, int size) {
        return of(number, size, USERS);
    }

    static ReplayReport replay(Disk disk, CommitLogSettings settings, List<Replayed> into) throws IOException {
        return replay(disk, settings, ReplayFilter.EVERYTHING, into);
    }

    static ReplayReport replay(Disk disk, CommitLogSettings settings, ReplayFilter filter, List<Replayed> into)
            throws IOException {
        return Replay.of(
                disk,
                "commitlog",
                settings,
                Partitioner.MURMUR3,
                filter,
                (mutation, position) -> into.add(new Replayed(mutation, position)));
    }
}
