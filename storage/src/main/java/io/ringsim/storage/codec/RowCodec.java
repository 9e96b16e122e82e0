package io.ringsim.storage.codec;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Liveness;
import io.ringsim.data.Marker;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Unfiltered;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * Rows and markers in bytes.
 *
 * <pre>
 * deletion    long markedForDeleteAt, varint localDeletionTime
 * row         byte flags, bytes clustering, [long timestamp, [varint ttl, varint expires]], [deletion],
 *             varint cells, cells
 *   flags     1 was inserted, 2 and expires, 4 has a deletion
 * cell        byte flags, bytes column, long timestamp, [varint ttl], [varint localDeletionTime], [bytes value]
 *   flags     1 expires, 2 is a tombstone, 4 has a value that is not empty
 * marker      byte flags, byte side + 2, bytes clustering, [deletion before], [deletion after]
 *   flags     8 always, 16 has one before, 32 has one after
 * bytes       varint length, bytes
 * </pre>
 */
public final class RowCodec {
    private static final int INSERTED = 1;
    private static final int EXPIRES = 2;
    private static final int DELETED = 4;
    private static final int MARKER = 8;
    private static final int BEFORE = 16;
    private static final int AFTER = 32;

    private static final int CELL_EXPIRES = 1;
    private static final int CELL_TOMBSTONE = 2;
    private static final int CELL_VALUE = 4;

    private RowCodec() {}

    public static int size(Unfiltered unfiltered) {
        return unfiltered instanceof Row row ? size(row) : size((Marker) unfiltered);
    }

    private static int size(Row row) {
        int size = 1 + Varint.size(row.clustering()) + Varint.size(row.size());
        var liveness = row.liveness();
        if (!liveness.isEmpty()) {
            size += Long.BYTES;
            if (liveness.isExpiring()) {
                size += Varint.size(liveness.ttl()) + Varint.size(liveness.localExpirationTime());
            }
        }
        if (!row.deletion().isLive()) {
            size += size(row.deletion());
        }
        for (int i = 0; i < row.size(); i++) {
            size += size(row.cell(i));
        }
        return size;
    }

    private static int size(Cell cell) {
        int size = 1 + Varint.size(cell.column()) + Long.BYTES;
        size += cell.isExpiring() ? Varint.size(cell.ttl()) : 0;
        size += cell.localDeletionTime() == Cell.NEVER ? 0 : Varint.size(cell.localDeletionTime());
        return size + (cell.value().isEmpty() ? 0 : Varint.size(cell.value()));
    }

    private static int size(Marker marker) {
        return 2
                + Varint.size(marker.position().clustering())
                + (marker.closes() ? size(marker.before()) : 0)
                + (marker.opens() ? size(marker.after()) : 0);
    }

    public static int size(Deletion deletion) {
        return Long.BYTES + Varint.size(deletion.localDeletionTime());
    }

    public static void write(Unfiltered unfiltered, ByteBuffer to) {
        if (unfiltered instanceof Row row) {
            write(row, to);
        } else {
            write((Marker) unfiltered, to);
        }
    }

    private static void write(Row row, ByteBuffer to) {
        var liveness = row.liveness();
        to.put((byte) ((liveness.isEmpty() ? 0 : INSERTED)
                | (liveness.isExpiring() ? EXPIRES : 0)
                | (row.deletion().isLive() ? 0 : DELETED)));
        Varint.put(to, row.clustering());
        if (!liveness.isEmpty()) {
            to.putLong(liveness.timestamp());
            if (liveness.isExpiring()) {
                Varint.put(to, liveness.ttl());
                Varint.put(to, liveness.localExpirationTime());
            }
        }
        if (!row.deletion().isLive()) {
            write(row.deletion(), to);
        }
        Varint.put(to, row.size());
        for (int i = 0; i < row.size(); i++) {
            write(row.cell(i), to);
        }
    }

    private static void write(Cell cell, ByteBuffer to) {
        to.put((byte) ((cell.isExpiring() ? CELL_EXPIRES : 0)
                | (cell.isTombstone() ? CELL_TOMBSTONE : 0)
                | (cell.value().isEmpty() ? 0 : CELL_VALUE)));
        Varint.put(to, cell.column());
        to.putLong(cell.timestamp());
        if (cell.isExpiring()) {
            Varint.put(to, cell.ttl());
        }
        if (cell.localDeletionTime() != Cell.NEVER) {
            Varint.put(to, cell.localDeletionTime());
        }
        if (!cell.value().isEmpty()) {
            Varint.put(to, cell.value());
        }
    }

    private static void write(Marker marker, ByteBuffer to) {
        to.put((byte) (MARKER | (marker.closes() ? BEFORE : 0) | (marker.opens() ? AFTER : 0)));
        write(marker.position(), to);
        if (marker.closes()) {
            write(marker.before(), to);
        }
        if (marker.opens()) {
            write(marker.after(), to);
        }
    }

    public static void write(Deletion deletion, ByteBuffer to) {
        to.putLong(deletion.markedForDeleteAt());
        Varint.put(to, deletion.localDeletionTime());
    }

    public static Unfiltered read(ByteBuffer from) throws Malformed {
        int flags = Varint.getByte(from);
        return (flags & MARKER) != 0 ? readMarker(flags, from) : readRow(flags, from);
    }

    /** Where the row or marker is that comes next in the buffer, which moves to after the name; the rest is not looked at. */
    public static Position readPosition(ByteBuffer from) throws Malformed {
        int flags = Varint.getByte(from);
        int side = (flags & MARKER) != 0 ? Varint.getByte(from) - 2 : 0;
        return position(Varint.getBytes(from), side);
    }

    private static Position position(Bytes clustering, int side) throws Malformed {
        try {
            return new Position(clustering, side);
        } catch (IllegalArgumentException refused) {
            throw new Malformed("no position: " + refused.getMessage());
        }
    }

    /** Writes a position as in a marker: {@code byte side + 2, bytes clustering}. */
    public static void write(Position position, ByteBuffer to) {
        to.put((byte) (position.side() + 2));
        Varint.put(to, position.clustering());
    }

    public static Position readEnd(ByteBuffer from) throws Malformed {
        int side = Varint.getByte(from) - 2;
        return position(Varint.getBytes(from), side);
    }

    /** Whether a row comes next in the buffer, which does not move. */
    public static boolean isRow(ByteBuffer from) throws Malformed {
        if (!from.hasRemaining()) {
            throw new Malformed("it is cut off");
        }
        return (from.get(from.position()) & MARKER) == 0;
    }

    private static Row readRow(int flags, ByteBuffer from) throws Malformed {
        if (flags > (INSERTED | EXPIRES | DELETED) || (flags & (INSERTED | EXPIRES)) == EXPIRES) {
            throw new Malformed("a row has unknown flags " + flags);
        }
        var clustering = Varint.getBytes(from);
        var liveness = (flags & INSERTED) == 0 ? Liveness.NONE : readLiveness((flags & EXPIRES) != 0, from);
        var deletion = (flags & DELETED) == 0 ? Deletion.LIVE : readDeletion(from);
        int count = Varint.getInt(from, from.remaining());
        var cells = new ArrayList<Cell>(count);
        for (int i = 0; i < count; i++) {
            cells.add(readCell(from));
        }
        return Row.of(clustering, liveness, deletion, cells);
    }

    private static Liveness readLiveness(boolean expires, ByteBuffer from) throws Malformed {
        long timestamp = Varint.getLong(from);
        if (timestamp == Long.MIN_VALUE) {
            throw new Malformed("a row was inserted at no time");
        }
        return expires
                ? new Liveness(timestamp, Varint.getInt(from, Cell.MAX_TTL), Varint.get(from))
                : Liveness.of(timestamp);
    }

    private static Cell readCell(ByteBuffer from) throws Malformed {
        int flags = Varint.getByte(from);
        boolean expires = (flags & CELL_EXPIRES) != 0;
        boolean tombstone = (flags & CELL_TOMBSTONE) != 0;
        if (flags > (CELL_EXPIRES | CELL_TOMBSTONE | CELL_VALUE) || (expires && tombstone)) {
            throw new Malformed("a cell has unknown flags " + flags);
        }
        var column = Varint.getBytes(from);
        long timestamp = Varint.getLong(from);
        int ttl = expires ? Varint.getInt(from, Cell.MAX_TTL) : 0;
        long deleted = expires || tombstone ? Varint.get(from) : Cell.NEVER;
        var value = (flags & CELL_VALUE) == 0 ? Bytes.EMPTY : Varint.getBytes(from);
        if ((expires && ttl == 0) || ((expires || tombstone) && deleted == Cell.NEVER)) {
            throw new Malformed("a cell expires or was deleted at no time");
        }
        return new Cell(column, timestamp, ttl, deleted, value);
    }

    private static Marker readMarker(int flags, ByteBuffer from) throws Malformed {
        if ((flags & ~(MARKER | BEFORE | AFTER)) != 0) {
            throw new Malformed("a marker has unknown flags " + flags);
        }
        int side = Varint.getByte(from) - 2;
        var clustering = Varint.getBytes(from);
        var before = (flags & BEFORE) == 0 ? Deletion.LIVE : readDeletion(from);
        var after = (flags & AFTER) == 0 ? Deletion.LIVE : readDeletion(from);
        try {
            return new Marker(new Position(clustering, side), before, after);
        } catch (IllegalArgumentException refused) {
            throw new Malformed("no marker: " + refused.getMessage());
        }
    }

    public static Deletion readDeletion(ByteBuffer from) throws Malformed {
        return new Deletion(Varint.getLong(from), Varint.get(from));
    }
}
