package io.ringsim.data;

import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Partitions with everything in them, by a seed: few names and timestamps, so that they meet often. */
public final class RandomPartitions {
    private static final long NOW_SECONDS = 1_000_000;

    private final Randomness random;
    private final TableMetadata table;
    private final int names;

    public RandomPartitions(Randomness random, TableMetadata table, int names) {
        this.random = random;
        this.table = table;
        this.names = names;
    }

    public static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + number));
    }

    /** A partition of a few random rows, deletions and range tombstones. */
    public Partition next(Key key) {
        var partition = Partition.empty(key);
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            partition = partition.merge(part(key), table);
        }
        return partition;
    }

    private Partition part(Key key) {
        return switch (random.nextInt(8)) {
            case 0 -> Partition.deleted(key, deletion());
            case 1 -> Partition.deleted(key, new RangeTombstone(slice(), deletion()));
            case 2 -> Partition.empty(key).withStatic(row(Bytes.EMPTY));
            case 3 -> Partition.of(key, Row.deleted(name(), deletion()));
            default -> Partition.of(key, rows());
        };
    }

    private List<Row> rows() {
        var rows = new TreeMap<Bytes, Row>(table.comparator());
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var name = name();
            rows.put(name, row(name));
        }
        return List.copyOf(rows.values());
    }

    public Row row(Bytes name) {
        var cells = new TreeMap<Bytes, Cell>(table.cellOrder());
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var cell = cell();
            cells.put(cell.column(), cell);
        }
        var liveness = random.chance(0.5)
                ? Liveness.NONE
                : Liveness.expiring(timestamp(), random.chance(0.3) ? ttl() : 0, NOW_SECONDS);
        return Row.of(name, liveness, random.chance(0.1) ? deletion() : Deletion.LIVE, new ArrayList<>(cells.values()))
                .merge(Row.empty(name), table.cellOrder());
    }

    private Cell cell() {
        var column = Bytes.utf8("c" + random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> Cell.tombstone(column, timestamp(), NOW_SECONDS + random.nextInt(3));
            case 1 -> Cell.expiring(column, timestamp(), ttl(), NOW_SECONDS, value());
            default -> Cell.live(column, timestamp(), value());
        };
    }

    private int ttl() {
        return 1 + random.nextInt(3);
    }

    private Bytes value() {
        return Bytes.utf8("v".repeat(random.nextInt(3)) + random.nextInt(3));
    }

    private long timestamp() {
        return random.nextInt(6);
    }

    public Deletion deletion() {
        return new Deletion(timestamp(), NOW_SECONDS + random.nextInt(3));
    }

    public Slice slice() {
        while (true) {
            var a = bound();
            var b = bound();
            if (a.compareTo(b, table.comparator()) < 0) {
                return new Slice(a, b);
            }
        }
    }

    private Position bound() {
        return switch (random.nextInt(6)) {
            case 0 -> Position.BOTTOM;
            case 1 -> Position.TOP;
            case 2, 3 -> Position.before(name());
            default -> Position.after(name());
        };
    }

    public Bytes name() {
        return Bytes.utf8("%05d".formatted(random.nextInt(names)));
    }
}
