package io.ringsim.storage.codec;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Marker;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.ring.Partitioner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * Writes in bytes. The token is not among them: the partitioner gives it anew.
 *
 * <pre>
 * mutation    bytes key, varint updates, updates
 * update      bytes keyspace, bytes table, byte flags, [deletion], [row static], varint rows, rows,
 *             varint tombstones, tombstones as pairs of markers
 *   flags     1 has a deletion, 2 has a static row
 * </pre>
 */
public final class MutationCodec {
    private static final int DELETED = 1;
    private static final int STATIC = 2;

    private MutationCodec() {}

    public static int size(Mutation mutation) {
        int size = Varint.size(mutation.key().bytes())
                + Varint.size(mutation.updates().size());
        for (var update : mutation.updates()) {
            size += textSize(update.table().keyspace())
                    + textSize(update.table().table());
            size += size(update.partition());
        }
        return size;
    }

    private static int size(Partition partition) {
        int size = 1;
        size += partition.deletion().isLive() ? 0 : RowCodec.size(partition.deletion());
        size += partition.staticRow().isEmpty() ? 0 : RowCodec.size(partition.staticRow());
        size += Varint.size(partition.rowCount());
        for (int i = 0; i < partition.rowCount(); i++) {
            size += RowCodec.size(partition.row(i));
        }
        size += Varint.size(partition.rangeTombstones().size());
        for (var range : partition.rangeTombstones()) {
            size += RowCodec.size(from(range)) + RowCodec.size(to(range));
        }
        return size;
    }

    /** Writes it; takes {@link #size} bytes. */
    public static void write(Mutation mutation, ByteBuffer to) {
        Varint.put(to, mutation.key().bytes());
        Varint.put(to, mutation.updates().size());
        for (var update : mutation.updates()) {
            putText(update.table().keyspace(), to);
            putText(update.table().table(), to);
            write(update.partition(), to);
        }
    }

    private static void write(Partition partition, ByteBuffer to) {
        boolean deleted = !partition.deletion().isLive();
        boolean hasStatic = !partition.staticRow().isEmpty();
        to.put((byte) ((deleted ? DELETED : 0) | (hasStatic ? STATIC : 0)));
        if (deleted) {
            RowCodec.write(partition.deletion(), to);
        }
        if (hasStatic) {
            RowCodec.write(partition.staticRow(), to);
        }
        Varint.put(to, partition.rowCount());
        for (int i = 0; i < partition.rowCount(); i++) {
            RowCodec.write(partition.row(i), to);
        }
        Varint.put(to, partition.rangeTombstones().size());
        for (var range : partition.rangeTombstones()) {
            RowCodec.write(from(range), to);
            RowCodec.write(to(range), to);
        }
    }

    public static Mutation read(ByteBuffer from, Partitioner partitioner) throws Malformed {
        try {
            var key = Key.of(partitioner, Varint.getBytes(from));
            int count = Varint.getInt(from, from.remaining());
            var updates = new ArrayList<Mutation.Update>(count);
            for (int i = 0; i < count; i++) {
                var table = new TableId(text(from), text(from));
                updates.add(new Mutation.Update(table, readPartition(key, from)));
            }
            return new Mutation(key, updates);
        } catch (IllegalArgumentException refused) {
            throw new Malformed("no write: " + refused.getMessage());
        }
    }

    private static Partition readPartition(Key key, ByteBuffer from) throws Malformed {
        int flags = Varint.getByte(from);
        if ((flags & ~(DELETED | STATIC)) != 0) {
            throw new Malformed("an update has unknown flags " + flags);
        }
        var deletion = (flags & DELETED) == 0 ? Deletion.LIVE : RowCodec.readDeletion(from);
        var staticRow = (flags & STATIC) == 0 ? Row.empty(Bytes.EMPTY) : readRow(from);
        int count = Varint.getInt(from, from.remaining());
        var rows = new ArrayList<Row>(count);
        for (int i = 0; i < count; i++) {
            rows.add(readRow(from));
        }
        int rangeCount = Varint.getInt(from, from.remaining());
        var ranges = new ArrayList<RangeTombstone>(rangeCount);
        for (int i = 0; i < rangeCount; i++) {
            var opening = readMarker(from);
            var closing = readMarker(from);
            ranges.add(new RangeTombstone(new Slice(opening.position(), closing.position()), opening.after()));
        }
        return Partition.of(key, deletion, staticRow, rows, ranges);
    }

    private static Row readRow(ByteBuffer from) throws Malformed {
        if (RowCodec.read(from) instanceof Row row) {
            return row;
        }
        throw new Malformed("a marker stands where a row belongs");
    }

    private static Marker readMarker(ByteBuffer from) throws Malformed {
        if (RowCodec.read(from) instanceof Marker marker) {
            return marker;
        }
        throw new Malformed("a row stands where a marker belongs");
    }

    private static Marker from(RangeTombstone range) {
        return new Marker(range.slice().from(), Deletion.LIVE, range.deletion());
    }

    private static Marker to(RangeTombstone range) {
        return new Marker(range.slice().to(), range.deletion(), Deletion.LIVE);
    }

    private static int textSize(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                length = text.getBytes(StandardCharsets.UTF_8).length;
                break;
            }
        }
        return Varint.size(length) + length;
    }

    /** Names are nearly always ASCII, which needs no copy to be put. */
    private static void putText(String text, ByteBuffer to) {
        if (textSize(text) != Varint.size(text.length()) + text.length()) {
            Varint.put(to, Bytes.utf8(text));
            return;
        }
        Varint.put(to, text.length());
        for (int i = 0; i < text.length(); i++) {
            to.put((byte) text.charAt(i));
        }
    }

    private static String text(ByteBuffer from) throws Malformed {
        return Varint.getBytes(from).toUtf8();
    }
}
