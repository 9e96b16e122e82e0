package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Liveness;
import io.ringsim.data.Partition;
import io.ringsim.data.Position;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Partitions with everything in them that partitions can have, by chance. */
final class RandomPartitions {
    static final TableId TABLE = new TableId("shop", "orders");
    private static final List<Partitioner> PARTITIONERS =
            List.of(Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED);

    private final Randomness chance;
    final Partitioner partitioner;
    final TableMetadata table;

    RandomPartitions(Randomness chance) {
        this(chance, table(chance), chance.nextInt(3) > 0 ? Partitioner.MURMUR3 : chance.pick(PARTITIONERS));
    }

    RandomPartitions(Randomness chance, TableMetadata table, Partitioner partitioner) {
        this.chance = chance;
        this.table = table;
        this.partitioner = partitioner;
    }

    private static TableMetadata table(Randomness chance) {
        var comparator = chance.nextBoolean() ? ComparatorType.BYTES : ComparatorType.LONG;
        var table = chance.nextInt(4) == 0
                ? TableMetadata.superFamily(TABLE, comparator, ComparatorType.UTF8)
                : TableMetadata.standard(TABLE, comparator);
        return table.with(options(
                chance.pick(List.of(Compression.values())),
                1024 << chance.nextInt(5),
                chance.nextInt(8) == 0 ? 1 : 0.01,
                1 + chance.nextInt(chance.nextBoolean() ? 60 : 2000)));
    }

    static TableOptions options(Compression compression, int chunkLength, double bloomChance, int columnIndexSize) {
        return new TableOptions(Duration.ofDays(1), 0, compression, chunkLength, bloomChance, columnIndexSize, 0, 0);
    }

    /** So many partitions at most, in the order of their keys. */
    List<Partition> partitions(int most) {
        var partitions = new TreeMap<Key, Partition>();
        int count = 1 + chance.nextInt(most);
        for (int i = 0; i < count; i++) {
            var key = Key.of(partitioner, key());
            partitions.put(key, partition(key));
        }
        return List.copyOf(partitions.values());
    }

    private Bytes key() {
        return Bytes.utf8("k" + chance.nextInt(1000) + "x".repeat(chance.nextInt(20) == 0 ? chance.nextInt(3000) : 0));
    }

    Partition partition(Key key) {
        int rows = chance.nextInt(10) == 0 ? 0 : chance.nextInt(4) == 0 ? chance.nextInt(120) : 1 + chance.nextInt(4);
        var names = new TreeSet<Bytes>(table.comparator());
        for (int i = 0; i < rows; i++) {
            names.add(name());
        }
        var content = new ArrayList<Row>();
        for (var name : names) {
            content.add(row(name));
        }
        var ranges = ranges();
        var deletion = chance.nextInt(5) == 0 ? deletion() : Deletion.LIVE;
        var staticRow = chance.nextInt(5) == 0 ? row(Bytes.EMPTY) : Row.empty(Bytes.EMPTY);
        var partition = Partition.of(key, deletion, staticRow, content, ranges);
        return partition.isEmpty() ? Partition.deleted(key, deletion()) : partition;
    }

    private List<RangeTombstone> ranges() {
        var ranges = new ArrayList<RangeTombstone>();
        if (chance.nextInt(3) > 0) {
            return ranges;
        }
        var ends = new TreeSet<Position>((left, right) -> left.compareTo(right, table.comparator()));
        int count = 2 * (1 + chance.nextInt(4));
        while (ends.size() < count) {
            ends.add(end());
        }
        var list = List.copyOf(ends);
        int at = 0;
        while (at + 1 < list.size()) {
            var next = new RangeTombstone(new Slice(list.get(at), list.get(at + 1)), deletion());
            boolean touches = !ranges.isEmpty()
                    && ranges.get(ranges.size() - 1)
                            .slice()
                            .to()
                            .equals(next.slice().from())
                    && ranges.get(ranges.size() - 1).deletion().equals(next.deletion());
            if (!touches) {
                ranges.add(next);
            }
            at += chance.nextBoolean() ? 1 : 2;
        }
        return ranges;
    }

    Position end() {
        return switch (chance.nextInt(12)) {
            case 0 -> Position.BOTTOM;
            case 1 -> Position.TOP;
            case 2, 3, 4, 5, 6 -> Position.before(name());
            default -> Position.after(name());
        };
    }

    Bytes name() {
        return Bytes.ofLong(chance.nextInt(200) - 100);
    }

    /** Slices in order, none overlapping another. */
    List<Slice> slices() {
        if (chance.nextInt(4) == 0) {
            return List.of(Slice.ALL);
        }
        var slices = new ArrayList<Slice>();
        if (chance.nextBoolean()) {
            var names = new TreeSet<Bytes>(table.comparator());
            for (int i = chance.nextInt(5); i >= 0; i--) {
                names.add(name());
            }
            names.forEach(name -> slices.add(Slice.of(name)));
            return slices;
        }
        var ends = new TreeSet<Position>((left, right) -> left.compareTo(right, table.comparator()));
        int count = 2 * (1 + chance.nextInt(3));
        while (ends.size() < count) {
            ends.add(end());
        }
        var list = List.copyOf(ends);
        for (int at = 0; at + 1 < list.size(); at += chance.nextBoolean() ? 1 : 2) {
            slices.add(new Slice(list.get(at), list.get(at + 1)));
        }
        return slices;
    }

    private Row row(Bytes name) {
        var cells = new ArrayList<Cell>();
        int count = chance.nextInt(5);
        for (int i = 0; i < count; i++) {
            cells.add(cell(Bytes.utf8("c" + i)));
        }
        var liveness = switch (chance.nextInt(4)) {
            case 0 -> Liveness.of(timestamp());
            case 1 -> Liveness.expiring(timestamp(), 1 + chance.nextInt(1000), seconds());
            default -> Liveness.NONE;
        };
        var row = Row.of(name, liveness, chance.nextInt(6) == 0 ? deletion() : Deletion.LIVE, cells);
        return row.isEmpty() ? Row.deleted(name, deletion()) : row;
    }

    private Cell cell(Bytes column) {
        return switch (chance.nextInt(5)) {
            case 0 -> Cell.tombstone(column, timestamp(), seconds());
            case 1 -> Cell.expiring(column, timestamp(), 1 + chance.nextInt(5000), seconds(), value());
            default -> Cell.live(column, timestamp(), value());
        };
    }

    private Bytes value() {
        int length = chance.nextInt(30) == 0 ? chance.nextInt(5000) : chance.nextInt(40);
        var bytes = new byte[length];
        boolean dull = chance.nextBoolean();
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (dull ? i / 7 : chance.nextInt());
        }
        return Bytes.wrap(bytes);
    }

    private Deletion deletion() {
        return new Deletion(timestamp(), seconds());
    }

    private long timestamp() {
        return 1_700_000_000_000_000L + chance.nextInt(1_000_000);
    }

    private long seconds() {
        return 1_700_000_000L + chance.nextInt(100_000);
    }
}
