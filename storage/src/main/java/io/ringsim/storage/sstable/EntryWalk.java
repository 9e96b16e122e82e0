package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Goes through the entries of an index as they are sent. A block of keys without column indexes has its entries in that form
 * already: how many bytes they are is known without reading it. For one thread.
 */
final class EntryWalk {
    /** What is done with the entries that are passed. */
    interface Passing {
        /**
         * One entry.
         *
         * @param columns the content of its column index, empty without one; valid until this returns
         */
        void entry(Bytes key, long size, ByteBuffer columns) throws IOException;

        /** Some that are together in the form in which they are sent. */
        void block(int block, int entries, int bytes) throws IOException;
    }

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final IndexFile index;
    private final Summary summary;
    private final ReadBuffers buffers = new ReadBuffers();
    private int block;
    /** What is left of the block; nothing if it was not begun. */
    private ByteBuffer body = NONE;
    /** Where the partition of the next entry begins. */
    private long position;

    private EntryWalk(IndexFile index, int block) {
        this.index = index;
        this.summary = index.summary();
        this.block = block;
        this.position = summary.position(block);
    }

    /** At the first entry whose partition begins there in the data, or later. */
    static EntryWalk from(IndexFile index, long position) throws IOException {
        var walk = new EntryWalk(index, index.summary().blockAt(position));
        walk.to(position, new Passing() {
            @Override
            public void entry(Bytes key, long size, ByteBuffer columns) {
                // It is before what is asked for.
            }

            @Override
            public void block(int passed, int entries, int bytes) {
                // Nor is any of these.
            }
        });
        return walk;
    }

    /** Passes all entries whose partitions begin before there. */
    void to(long end, Passing passing) throws IOException {
        while (position < end && block < summary.size()) {
            boolean begun = body.hasRemaining();
            if (!begun && endOf(block) <= end && isAsItIsSent(block)) {
                passing.block(block, index.entriesIn(block), entryBytes(block));
                position = endOf(block++);
            } else {
                one(passing);
            }
        }
    }

    private void one(Passing passing) throws IOException {
        if (!body.hasRemaining()) {
            var entries = entries(block);
            body = ByteBuffer.allocate(entries.remaining()).put(entries).flip();
        }
        try {
            var key = Varint.getBytes(body);
            long size = index.size(body, position);
            var columns = index.columnsBody(Varint.get(body), buffers);
            passing.entry(key, size, columns);
            position += size;
        } catch (Malformed why) {
            throw index.corrupt(block, why);
        }
        if (!body.hasRemaining()) {
            block++;
        }
    }

    /** The entries of a block, as they are written; valid until the next are read. */
    ByteBuffer entries(int of) throws IOException {
        var whole = index.block(of, buffers);
        return whole.position(whole.position() + Long.BYTES);
    }

    private int entryBytes(int of) {
        return summary.length(of) - IndexFile.MIN_PIECE - Long.BYTES;
    }

    private long endOf(int of) {
        return of + 1 < summary.size() ? summary.position(of + 1) : index.dataLength();
    }

    /** Column indexes come right before the block whose entries have them. */
    private boolean isAsItIsSent(int of) {
        long begin = of == 0 ? Header.BYTES : summary.offset(of - 1) + summary.length(of - 1);
        return summary.offset(of) == begin;
    }
}
