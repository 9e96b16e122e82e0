package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Slice;
import io.ringsim.data.Unfiltered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows and markers that slices hold of one partition, block by block, only those blocks that have to be read. Backwards
 * each block is read whole and turned round; forwards it is read chunk by chunk.
 */
final class SliceReader implements Iterator<Unfiltered> {
    /** A block to read, and where its reader begins. */
    private record Visit(long begin, long end, Deletion open, List<BlockReader.Part> parts) {}

    private final DataFile file;
    private final Comparator<Bytes> order;
    private final boolean reversed;
    private final Iterator<Visit> visits;
    private final ArrayDeque<Unfiltered> ready = new ArrayDeque<>();
    private BlockReader reader;

    private SliceReader(DataFile file, Comparator<Bytes> order, boolean reversed, List<Visit> visits) {
        this.file = file;
        this.order = order;
        this.reversed = reversed;
        if (reversed) {
            Collections.reverse(visits);
        }
        this.visits = visits.iterator();
        this.reader = reader(this.visits.next());
    }

    /** Reads a partition that has no column index, from after its header on. */
    static Iterator<Unfiltered> narrow(
            DataFile file, Comparator<Bytes> order, long begin, long end, List<Slice> slices, boolean reversed) {
        var parts = new ArrayList<BlockReader.Part>(slices.size());
        for (var slice : slices) {
            parts.add(new BlockReader.Part(slice, true, true));
        }
        var visits = new ArrayList<Visit>(1);
        visits.add(new Visit(begin, end, Deletion.LIVE, parts));
        return new SliceReader(file, order, reversed, visits);
    }

    /** Reads the blocks of a wide partition that the slices need. */
    static Iterator<Unfiltered> wide(
            DataFile file,
            Comparator<Bytes> order,
            long partition,
            ColumnIndex columns,
            List<Slice> slices,
            boolean reversed) {
        var visits = new ArrayList<Visit>();
        int reached = -1;
        for (var slice : slices) {
            int first = columns.firstOf(slice, order);
            if (first == columns.blocks().size()) {
                break;
            }
            int last = columns.lastOf(slice, first, order);
            for (int i = first; i <= last; i++) {
                var block = columns.blocks().get(i);
                if (i > reached) {
                    visits.add(new Visit(
                            partition + block.offset(), partition + block.end(), block.open(), new ArrayList<>(1)));
                    reached = i;
                }
                visits.get(visits.size() - 1).parts().add(new BlockReader.Part(slice, i == first, i == last));
            }
        }
        return visits.isEmpty() ? Collections.emptyIterator() : new SliceReader(file, order, reversed, visits);
    }

    private BlockReader reader(Visit visit) {
        return new BlockReader(order, visit.parts(), visit.begin(), visit.end(), visit.open());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            if (reader.isFinished()) {
                if (!visits.hasNext()) {
                    return false;
                }
                reader = reader(visits.next());
            }
            try {
                fill();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return true;
    }

    private void fill() throws IOException {
        var cursor = new DataCursor(file, ReadBuffers.ofThread());
        if (!reversed) {
            reader.read(cursor, file.table().chunkLength(), ready);
            return;
        }
        var block = new ArrayList<Unfiltered>();
        reader.read(cursor, Long.MAX_VALUE, block);
        for (int i = block.size() - 1; i >= 0; i--) {
            ready.add(block.get(i));
        }
    }

    @Override
    public Unfiltered next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
