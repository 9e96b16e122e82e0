package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Marker;
import io.ringsim.data.Slice;
import io.ringsim.data.Unfiltered;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.RowCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Reads what some slices hold of one block of a partition, from its begin on, as much at a time as it is asked for. Rows
 * before a slice are passed over by their names.
 */
final class BlockReader {
    /**
     * A slice, or what of it lies in this block.
     *
     * @param begins whether the slice begins in this block, so that what is open there is opened
     * @param ends whether it ends in this block, so that what is open there is closed
     */
    record Part(Slice slice, boolean begins, boolean ends) {}

    /** All of a partition that is one block. */
    static final List<Part> WHOLE = List.of(new Part(Slice.ALL, true, true));

    /** For a block whose end only the mark at the partition's end tells. */
    static final long TO_END_MARK = Long.MAX_VALUE;

    private final Comparator<Bytes> order;
    private final List<Part> parts;
    /** Where the block ends, or {@link #TO_END_MARK}. */
    private final long end;

    private long position;
    private Deletion open;
    private int current;
    private boolean inside;
    private boolean finished;

    BlockReader(Comparator<Bytes> order, List<Part> parts, long position, long end, Deletion open) {
        this.order = order;
        this.parts = parts;
        this.position = position;
        this.end = end;
        this.open = open;
        this.inside = !parts.get(0).begins();
    }

    boolean isFinished() {
        return finished;
    }

    /** Where the next row or marker is that was not looked at. */
    long position() {
        return position;
    }

    /** Reads on for about so many bytes, or to the end of the slices or the block. */
    void read(DataCursor cursor, long budget, Collection<Unfiltered> into) throws IOException {
        long stop = budget > Long.MAX_VALUE - position ? Long.MAX_VALUE : position + budget;
        cursor.seek(position);
        while (!finished && position < stop) {
            long length = position < end ? cursor.readVarint() : 0;
            if (length == 0) {
                endBlock(into);
                return;
            }
            var item = cursor.take(length);
            try {
                offer(item, into);
                if (item.hasRemaining()) {
                    throw new Malformed("a row or marker has " + item.remaining() + " bytes too many");
                }
            } catch (Malformed why) {
                throw cursor.corrupt(String.valueOf(why.getMessage()));
            }
            if (!finished) {
                position = cursor.position();
            }
        }
    }

    private void offer(ByteBuffer item, Collection<Unfiltered> into) throws Malformed {
        boolean isRow = RowCodec.isRow(item);
        if (!inside && !reaches(item, isRow)) {
            return;
        }
        if (!inside) {
            enter(into);
        }
        var found = RowCodec.read(item);
        var edge = parts.get(current).slice().to();
        while (!(isRow && edge.isEdge()) && found.position().compareTo(edge, order) >= 0) {
            leave(into);
            if (finished) {
                return;
            }
            var from = parts.get(current).slice().from();
            if (found.position().compareTo(from, order) <= 0) {
                pass(found);
                return;
            }
            enter(into);
            edge = parts.get(current).slice().to();
        }
        if (found instanceof Marker marker) {
            open = marker.after();
        }
        into.add(found);
    }

    /** Whether the item comes after the begin of the slice; if not it is dealt with. */
    private boolean reaches(ByteBuffer item, boolean isRow) throws Malformed {
        var from = parts.get(current).slice().from();
        if (isRow && from.isEdge()) {
            return from.side() < 0;
        }
        int start = item.position();
        if (RowCodec.readPosition(item).compareTo(from, order) > 0) {
            item.position(start);
            return true;
        }
        item.position(start);
        if (!isRow) {
            pass(RowCodec.read(item));
        }
        item.position(item.limit());
        return false;
    }

    private void pass(Unfiltered found) {
        if (found instanceof Marker marker) {
            open = marker.after();
        }
    }

    private void enter(Collection<Unfiltered> into) {
        inside = true;
        if (!open.isLive()) {
            into.add(new Marker(parts.get(current).slice().from(), Deletion.LIVE, open));
        }
    }

    private void leave(Collection<Unfiltered> into) {
        if (!open.isLive() && parts.get(current).ends()) {
            into.add(new Marker(parts.get(current).slice().to(), open, Deletion.LIVE));
        }
        inside = false;
        current++;
        finished = current == parts.size();
    }

    /** Nothing more comes: what is open stays so up to the ends of the slices that end here. */
    private void endBlock(Collection<Unfiltered> into) {
        while (!finished) {
            if (!inside) {
                enter(into);
            }
            if (!parts.get(current).ends()) {
                finished = true;
                return;
            }
            leave(into);
        }
    }
}
