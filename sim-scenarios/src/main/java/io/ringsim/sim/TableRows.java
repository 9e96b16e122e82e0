package io.ringsim.sim;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.Coverage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** The rows that a table begins with: one under each key. The seed decides keys and values, which are made when asked for. */
final class TableRows {
    private static final Bytes NAME = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("value");
    private static final long TIMESTAMP = 1;
    private static final int RANDOM_BYTES = 32;
    private static final int CONSTANT_BYTES = 32;

    private final RingDesign.RowTable table;
    private final Randomness values;
    private final List<Key> keys;

    private TableRows(RingDesign.RowTable table, Randomness values, List<Key> keys) {
        this.table = table;
        this.values = values;
        this.keys = keys;
    }

    static TableRows of(RingDesign.RowTable table, Partitioner partitioner, Randomness world) {
        var chance = world.fork("rows of " + table.id());
        var keys = new TreeSet<Key>();
        while (keys.size() < table.rows()) {
            var text = HexFormat.of().toHexDigits(chance.nextLong());
            keys.add(Key.of(partitioner, Bytes.utf8(text)));
        }
        return new TableRows(table, chance.fork("values"), List.copyOf(keys));
    }

    RingDesign.RowTable table() {
        return table;
    }

    /** The keys in these ranges, in order. */
    List<Key> keysIn(Coverage coverage) {
        return keys.stream().filter(key -> coverage.contains(key.token())).toList();
    }

    /** All that is under a key. */
    Partition partition(Key key) {
        return Partition.of(key, Row.of(NAME, Cell.live(COLUMN, TIMESTAMP, value(key))));
    }

    /** Whether that is what is under its key, and a reader sees it. */
    boolean isIn(Partition found, Key key) {
        return found.rows().size() == 1
                && found.rows().get(0).isLive(0)
                && found.rows()
                        .get(0)
                        .cell(COLUMN)
                        .filter(cell -> cell.value().equals(value(key)))
                        .isPresent();
    }

    /** Bytes that compress to about half of them. */
    private Bytes value(Key key) {
        var chance = values.fork(key.bytes().toUtf8());
        var value = ByteBuffer.allocate(table.rowBytes());
        var block = new byte[RANDOM_BYTES];
        while (value.hasRemaining()) {
            chance.nextBytes(block);
            value.put(block, 0, Math.min(block.length, value.remaining()));
            value.position(Math.min(value.position() + CONSTANT_BYTES, value.limit()));
        }
        return Bytes.wrap(value.array());
    }
}
