package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Marker;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.Unfiltered;
import io.ringsim.data.UnfilteredRows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Prints an SSTable as JSON in the shape of Cassandra's sstabledump. Keys, names and values are text where they are
 * printable, else {@code 0x} and hexadecimal digits.
 */
public final class SSTableDump {
    /** How it is printed. */
    public enum Layout {
        /** One array of partitions. */
        ARRAY,
        /** Each partition on its line: {@code sstabledump -l}. */
        LINES,
        /** One array of keys: {@code sstabledump -e}. */
        KEYS,
        /** Each row on its line, not as JSON: {@code sstabledump -d}. */
        ROWS
    }

    /**
     * What is printed.
     *
     * @param rawTimes whether times are numbers: {@code sstabledump -t}
     * @param nowSeconds since 1970: what expires by then has expired
     * @param keys only these, as they are printed; all if there are none
     */
    public record Options(Layout layout, boolean rawTimes, long nowSeconds, List<String> keys) {
        public Options {
            keys = List.copyOf(keys);
        }
    }

    private final Options options;
    private final Appendable out;
    private final boolean named;
    private JsonEmitter json;
    private SSTableReader source;
    /** Where in the uncompressed data what is printed next begins. */
    private long position;

    private SSTableDump(SSTableReader first, boolean named, Options options, Appendable out) {
        this.source = first;
        this.named = named;
        this.options = options;
        this.out = out;
        this.json = new JsonEmitter(out, options.layout() == Layout.LINES);
    }

    /**
     * Prints SSTables one after another. Of several each partition says which it is in.
     *
     * @param sources at least one
     * @throws IllegalArgumentException when a key is none of the table's partitioner
     */
    public static void print(List<SSTableReader> sources, Options options, Appendable out) throws IOException {
        var dump = new SSTableDump(sources.get(0), sources.size() > 1, options, out);
        boolean isArray = options.layout() == Layout.ARRAY || options.layout() == Layout.KEYS;
        if (isArray) {
            dump.json.array();
        }
        for (var source : sources) {
            dump.source = source;
            dump.printSource();
        }
        if (isArray) {
            dump.json.end();
            out.append('\n');
        }
    }

    private void printSource() throws IOException {
        if (options.keys().isEmpty()) {
            var scanner = source.scan(List.of());
            while (scanner.hasNext()) {
                position = scanner.position();
                print(scanner.next());
            }
        } else {
            for (var key : options.keys()) {
                print(Key.of(source.partitioner(), Printed.parse(key)));
            }
        }
    }

    private void print(Key key) throws IOException {
        var entry = source.mayContain(key) ? source.locate(key) : Optional.<IndexEntry>empty();
        if (entry.isPresent()) {
            position = entry.get().position();
            print(source.read(entry.get(), key, List.of(Slice.ALL), false));
        }
    }

    private void print(UnfilteredRows partition) throws IOException {
        switch (options.layout()) {
            case ARRAY -> json(partition);
            case LINES -> {
                json = new JsonEmitter(out, true);
                json(partition);
                out.append('\n');
            }
            case KEYS -> key(partition.key());
            case ROWS -> new RowLines(source.table(), options.rawTimes(), out).print(partition, position);
        }
    }

    private void key(Key key) throws IOException {
        json.flatArray().value(Printed.bytes(key.bytes())).end();
    }

    private void json(UnfilteredRows partition) throws IOException {
        json.object().name("table kind").value("REGULAR");
        if (named) {
            json.name("sstable").value(source.id().fileName(Component.DATA));
        }
        json.name("partition").object().name("key");
        key(partition.key());
        json.name("position").value(position);
        if (!partition.deletion().isLive()) {
            deletion(partition.deletion());
        }
        json.end().name("rows").array();
        position += PartitionHeader.lengthBeforeStatic(partition.key().bytes(), partition.deletion());
        if (!partition.staticRow().isEmpty()) {
            row("static_block", partition.staticRow(), ComparatorType.BYTES);
        }
        while (partition.hasNext()) {
            item(partition.next());
        }
        json.end().end();
    }

    private void item(Unfiltered item) throws IOException {
        if (item instanceof Row row) {
            row("row", row, source.table().subcomparator().orElse(ComparatorType.BYTES));
        } else if (item instanceof Marker marker) {
            marker(marker);
        }
    }

    private void row(String type, Row row, ComparatorType names) throws IOException {
        json.object().name("type").value(type).name("position").value(position);
        position += PartitionHeader.itemLength(row);
        if (type.equals("row")) {
            clustering(row.clustering());
        }
        var liveness = row.liveness();
        if (!liveness.isEmpty()) {
            json.name("liveness_info").flatObject().name("tstamp").value(micros(liveness.timestamp()));
            if (liveness.isExpiring()) {
                expiry(liveness.ttl(), liveness.localExpirationTime());
            }
            json.end();
        }
        if (!row.deletion().isLive()) {
            deletion(row.deletion());
        }
        json.name("cells").array();
        for (var cell : row.cells()) {
            cell(cell, names, row);
        }
        json.end().end();
    }

    private void clustering(Bytes clustering) throws IOException {
        json.name("clustering")
                .flatArray()
                .value(name(source.table().comparator(), clustering))
                .end();
    }

    private static String name(ComparatorType type, Bytes name) {
        return type == ComparatorType.BYTES ? Printed.bytes(name) : type.print(name);
    }

    private void cell(Cell cell, ComparatorType names, Row row) throws IOException {
        json.flatObject().name("name").value(name(names, cell.column()));
        if (cell.isTombstone()) {
            json.name("deletion_info").flatObject();
            json.name("local_delete_time")
                    .value(seconds(cell.localDeletionTime()))
                    .end();
        } else {
            json.name("value").value(Printed.bytes(cell.value()));
        }
        if (row.liveness().isEmpty() || cell.timestamp() != row.liveness().timestamp()) {
            json.name("tstamp").value(micros(cell.timestamp()));
        }
        if (cell.isExpiring()
                && (cell.ttl() != row.liveness().ttl()
                        || cell.localDeletionTime() != row.liveness().localExpirationTime())) {
            expiry(cell.ttl(), cell.localDeletionTime());
        }
        json.end();
    }

    private void expiry(int ttl, long at) throws IOException {
        json.name("ttl").value(ttl).name("expires_at").value(seconds(at));
        json.name("expired").value(at <= options.nowSeconds());
    }

    private void marker(Marker marker) throws IOException {
        position += PartitionHeader.itemLength(marker);
        boolean isBoundary = marker.opens() && marker.closes();
        json.object().name("type").value(isBoundary ? "range_tombstone_boundary" : "range_tombstone_bound");
        if (isBoundary) {
            end("start", marker.position(), marker.after(), marker.position().side() < 0);
            end("end", marker.position(), marker.before(), marker.position().side() > 0);
        } else if (marker.opens()) {
            end("start", marker.position(), marker.after(), marker.position().side() < 0);
        } else {
            end("end", marker.position(), marker.before(), marker.position().side() > 0);
        }
        json.end();
    }

    private void end(String name, Position position, Deletion deletion, boolean inclusive) throws IOException {
        json.name(name).object().name("type").value(inclusive ? "inclusive" : "exclusive");
        if (!position.isEdge()) {
            clustering(position.clustering());
        }
        deletion(deletion);
        json.end();
    }

    private void deletion(Deletion deletion) throws IOException {
        json.name("deletion_info").flatObject();
        json.name("marked_deleted").value(micros(deletion.markedForDeleteAt()));
        json.name("local_delete_time")
                .value(seconds(deletion.localDeletionTime()))
                .end();
    }

    private String micros(long timestamp) {
        return Printed.micros(timestamp, options.rawTimes());
    }

    private String seconds(long time) {
        return Printed.seconds(time, options.rawTimes());
    }
}
