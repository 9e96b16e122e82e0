package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.Unfiltered;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.Partitioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of an SSTable one after another, in the order of their keys. Each has to be consumed before the next is asked
 * for; what is left of it then is skipped. For one thread. An {@link IOException} comes as an {@link UncheckedIOException}.
 */
public final class PartitionScanner implements Iterator<UnfilteredRows> {
    private final DataFile file;
    private final TableMetadata table;
    private final Partitioner partitioner;
    private final Iterator<Section> sections;
    private final DataCursor cursor;
    private long next;
    private long sectionEnd;
    private @Nullable Content unfinished;
    private @Nullable Key last;

    PartitionScanner(DataFile file, TableMetadata table, Partitioner partitioner, List<Section> sections) {
        this.file = file;
        this.table = table;
        this.partitioner = partitioner;
        this.sections = sections.iterator();
        this.cursor = new DataCursor(file, new ReadBuffers());
    }

    @Override
    public boolean hasNext() {
        finishPartition();
        while (next >= sectionEnd) {
            if (!sections.hasNext()) {
                return false;
            }
            var section = sections.next();
            next = section.from();
            sectionEnd = section.to();
        }
        return true;
    }

    @Override
    public UnfilteredRows next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            cursor.seek(next);
            var header = PartitionHeader.read(cursor);
            var key = checked(header.key());
            var content = new Content(cursor.position());
            unfinished = content;
            return new UnfilteredRows(key, header.deletion(), header.staticRow(), false, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Bytes of the uncompressed data up to the partition that comes next. */
    public long position() {
        return unfinished == null ? next : unfinished.reader.position();
    }

    /**
     * Copies the partition that was given out last, of which nothing was read yet, as it is written.
     *
     * @return how many rows and markers it has; -1, and nothing is copied, when it has {@code tooMany} bytes or more
     */
    int copy(ChunkWriter to, long tooMany) throws IOException {
        long content = cursor.position();
        int items = 0;
        for (long length = cursor.readVarint(); length > 0; length = cursor.readVarint()) {
            cursor.skip(length);
            items++;
        }
        long end = cursor.position();
        if (end - next >= tooMany) {
            cursor.seek(content);
            return -1;
        }
        cursor.seek(next);
        while (cursor.position() < end) {
            int some = cursor.upToChunkEnd(end - cursor.position());
            to.room(some).put(cursor.take(some));
        }
        next = end;
        unfinished = null;
        return items;
    }

    private Key checked(Bytes bytes) throws IOException {
        Key key;
        try {
            key = Key.of(partitioner, bytes);
        } catch (IllegalArgumentException why) {
            throw file.corrupt(next, "a partition has no key: " + why.getMessage());
        }
        if (last != null && last.compareTo(key) >= 0) {
            throw file.corrupt(next, "key " + key + " comes after " + last);
        }
        last = key;
        return key;
    }

    private void finishPartition() {
        if (unfinished == null) {
            return;
        }
        try {
            cursor.seek(unfinished.reader.position());
            for (long length = cursor.readVarint(); length > 0; length = cursor.readVarint()) {
                cursor.skip(length);
            }
            next = cursor.position();
            unfinished = null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private final class Content implements Iterator<Unfiltered> {
        private final BlockReader reader;
        private final ArrayDeque<Unfiltered> ready = new ArrayDeque<>();

        private Content(long position) {
            this.reader = new BlockReader(
                    table.comparator(), BlockReader.WHOLE, position, BlockReader.TO_END_MARK, Deletion.LIVE);
        }

        @Override
        public boolean hasNext() {
            if (unfinished != this) {
                return !ready.isEmpty();
            }
            while (ready.isEmpty() && !reader.isFinished()) {
                try {
                    reader.read(cursor, file.table().chunkLength(), ready);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Unfiltered next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
