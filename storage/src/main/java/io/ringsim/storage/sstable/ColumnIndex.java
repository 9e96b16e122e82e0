package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Position;
import io.ringsim.data.Slice;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.RowCodec;
import io.ringsim.storage.codec.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where in a wide partition its rows are.
 *
 * <pre>
 * index       varint header, byte flags, [deletion], varint blocks, blocks
 *   flags     1 the partition is deleted, 2 it has a static row
 * block       end first, end last, varint width, byte flags, [deletion open]
 *   flags     1 a range tombstone is open where the block begins
 * end         byte side + 2, bytes clustering
 * </pre>
 *
 * @param headerLength bytes of the partition before its first block
 * @param deletion of the partition
 * @param blocks in order, at least one
 */
record ColumnIndex(int headerLength, Deletion deletion, boolean hasStatic, List<Block> blocks) {
    private static final int DELETED = 1;
    private static final int STATIC = 2;

    /**
     * Rows and markers that follow one another.
     *
     * @param offset from the partition's begin, in bytes
     * @param width in bytes
     * @param open what covers rows at the block's begin
     */
    record Block(Position first, Position last, long offset, long width, Deletion open) {
        long end() {
            return offset + width;
        }
    }

    ColumnIndex {
        blocks = List.copyOf(blocks);
    }

    /** The first block that may hold something after the slice's begin; how many there are if none does. */
    int firstOf(Slice slice, Comparator<Bytes> order) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).last().compareTo(slice.from(), order) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last block, not before {@code first}, that begins before the slice's end; else {@code first}. */
    int lastOf(Slice slice, int first, Comparator<Bytes> order) {
        int low = first;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).first().compareTo(slice.to(), order) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    ByteBuffer write() {
        int size = 64;
        for (var block : blocks) {
            size += 64
                    + block.first().clustering().size()
                    + block.last().clustering().size();
        }
        var to = ByteBuffer.allocate(size);
        Varint.put(to, headerLength);
        to.put((byte) ((deletion.isLive() ? 0 : DELETED) | (hasStatic ? STATIC : 0)));
        if (!deletion.isLive()) {
            RowCodec.write(deletion, to);
        }
        Varint.put(to, blocks.size());
        for (var block : blocks) {
            RowCodec.write(block.first, to);
            RowCodec.write(block.last, to);
            Varint.put(to, block.width);
            to.put((byte) (block.open.isLive() ? 0 : 1));
            if (!block.open.isLive()) {
                RowCodec.write(block.open, to);
            }
        }
        return to.flip();
    }

    /**
     * Reads it.
     *
     * @param partitionSize bytes of the partition, which the blocks have to fill but for the mark at its end
     */
    static ColumnIndex read(ByteBuffer from, long partitionSize) throws Malformed {
        int headerLength = Varint.getInt(from, (int) Math.min(Integer.MAX_VALUE, partitionSize));
        int flags = Varint.getInt(from, DELETED | STATIC);
        var deletion = (flags & DELETED) == 0 ? Deletion.LIVE : RowCodec.readDeletion(from);
        int count = Varint.getInt(from, from.remaining());
        var blocks = new ArrayList<Block>(count);
        long offset = headerLength;
        for (int i = 0; i < count; i++) {
            var first = RowCodec.readEnd(from);
            var last = RowCodec.readEnd(from);
            long width = Varint.get(from);
            var open = Varint.getInt(from, 1) == 0 ? Deletion.LIVE : RowCodec.readDeletion(from);
            if (width <= 0 || width > partitionSize - offset) {
                throw new Malformed(
                        "a block of " + width + " bytes at " + offset + " is not in a partition of " + partitionSize);
            }
            blocks.add(new Block(first, last, offset, width, open));
            offset += width;
        }
        if (count == 0 || offset != partitionSize - 1 || from.hasRemaining()) {
            throw new Malformed("the blocks of a partition of " + partitionSize + " bytes end at " + offset);
        }
        return new ColumnIndex(headerLength, deletion, (flags & STATIC) != 0, blocks);
    }
}
