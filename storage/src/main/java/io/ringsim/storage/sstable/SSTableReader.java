package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open SSTable. For any number of threads.
 *
 * <p>It counts references: it is born with one, whoever reads holds one, and with the last its files are closed, and deleted
 * if it was {@link #markObsolete marked obsolete}. Bytes that are not what was written come as a {@link
 * io.ringsim.storage.disk.CorruptFile}, from iterators within an {@link UncheckedIOException}.
 */
public final class SSTableReader {
    private static final Logger LOG = LoggerFactory.getLogger(SSTableReader.class);

    private final Disk disk;
    private final String directory;
    private final SSTableId id;
    private final TableMetadata table;
    private final Partitioner partitioner;
    private final OpenFiles files;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile boolean obsolete;

    private SSTableReader(
            Disk disk, String directory, SSTableId id, TableMetadata table, Partitioner partitioner, OpenFiles files) {
        this.disk = disk;
        this.directory = directory;
        this.id = id;
        this.table = table;
        this.partitioner = partitioner;
        this.files = files;
    }

    /**
     * Opens an SSTable; reads all but its data and index, and checks what it reads.
     *
     * @throws io.ringsim.storage.disk.CorruptFile when a component is not what was written, or belongs to another SSTable,
     *     table or partitioner
     */
    public static SSTableReader open(
            Disk disk, String directory, SSTableId id, TableMetadata table, Partitioner partitioner)
            throws IOException {
        var path = SSTableFiles.path(directory, id, Component.STATISTICS);
        var statistics = Statistics.read(disk, path);
        statistics.check(table, partitioner, path);
        return new SSTableReader(
                disk, directory, id, table, partitioner, OpenFiles.open(disk, directory, id, statistics));
    }

    /** Opens an SSTable of which nothing is known but where it is; of its table it knows only what it says itself. */
    public static SSTableReader openUnknown(Disk disk, String directory, SSTableId id) throws IOException {
        var statistics = Statistics.read(disk, SSTableFiles.path(directory, id, Component.STATISTICS));
        return new SSTableReader(
                disk,
                directory,
                id,
                statistics.table(),
                statistics.partitioner(),
                OpenFiles.open(disk, directory, id, statistics));
    }

    public SSTableId id() {
        return id;
    }

    public TableMetadata table() {
        return table;
    }

    public Partitioner partitioner() {
        return partitioner;
    }

    public SSTableStats stats() {
        return files.statistics().content();
    }

    public Key first() {
        return files.statistics().first();
    }

    public Key last() {
        return files.statistics().last();
    }

    OpenFiles files() {
        return files;
    }

    /** False only when there is no such partition. Reads nothing. */
    public boolean mayContain(Key key) {
        return files.filter().isEmpty() || files.filter().get().mayContain(key);
    }

    /** Where the key's partition is. Does not ask {@link #mayContain}. */
    public Optional<IndexEntry> locate(Key key) throws IOException {
        return files.index().locate(key, ReadBuffers.ofThread());
    }

    /**
     * Reads a partition.
     *
     * @param entry of the key in this SSTable
     * @param slices in order, without overlap; forwards also when read {@code reversed}
     */
    public UnfilteredRows read(IndexEntry entry, Key key, List<Slice> slices, boolean reversed) throws IOException {
        var order = table.comparator();
        var wanted = new ArrayList<Slice>(slices.size());
        for (var slice : slices) {
            if (slice.from().compareTo(slice.to(), order) < 0) {
                wanted.add(slice);
            }
        }
        if (entry.columns().isPresent()) {
            return readWide(entry, entry.columns().get(), key, wanted, reversed);
        }
        var cursor = new DataCursor(files.data(), ReadBuffers.ofThread());
        var header = header(cursor, entry, key);
        return new UnfilteredRows(
                key,
                header.deletion(),
                header.staticRow(),
                reversed,
                wanted.isEmpty()
                        ? Collections.emptyIterator()
                        : SliceReader.narrow(
                                files.data(),
                                order,
                                cursor.position(),
                                entry.position() + entry.size(),
                                wanted,
                                reversed));
    }

    private UnfilteredRows readWide(
            IndexEntry entry, ColumnIndex columns, Key key, List<Slice> wanted, boolean reversed) throws IOException {
        var staticRow = columns.hasStatic()
                ? header(new DataCursor(files.data(), ReadBuffers.ofThread()), entry, key)
                        .staticRow()
                : Row.empty(Bytes.EMPTY);
        return new UnfilteredRows(
                key,
                columns.deletion(),
                staticRow,
                reversed,
                SliceReader.wide(files.data(), table.comparator(), entry.position(), columns, wanted, reversed));
    }

    private PartitionHeader header(DataCursor cursor, IndexEntry entry, Key key) throws IOException {
        cursor.seek(entry.position());
        var header = PartitionHeader.read(cursor);
        if (!header.key().equals(key.bytes())) {
            throw files.data()
                    .corrupt(entry.position(), "key " + header.key() + " stands where the index has " + key.bytes());
        }
        return header;
    }

    /**
     * Reads the partitions whose tokens are in the ranges.
     *
     * @param ranges normalised; none for all partitions
     */
    public PartitionScanner scan(List<TokenRange> ranges) throws IOException {
        var sections = ranges.isEmpty() ? List.of(files.whole(partitioner)) : sections(ranges);
        return new PartitionScanner(files.data(), table, partitioner, sections);
    }

    /** The parts of the data that hold the ranges, one of each range that has any. */
    public List<Section> sections(List<TokenRange> normalised) throws IOException {
        var sections = new ArrayList<Section>();
        for (var range : normalised) {
            var buffers = ReadBuffers.ofThread();
            var from = files.index().after(range.left(), buffers);
            var to = range.right().isMinimum()
                    ? files.index().end()
                    : files.index().after(range.right(), buffers);
            if (from.ordinal() < to.ordinal()) {
                sections.add(files.section(range, from, to));
            }
        }
        return sections;
    }

    /** The content of these sections, to send it. */
    public ContentSource source(List<Section> sections) throws IOException {
        return SectionSource.of(files, sections);
    }

    /** The content of all components as they are, to send it. */
    public ContentSource entireSource() throws IOException {
        return EntireSource.of(disk, directory, id, files.statistics());
    }

    /** How many partitions are in a range that does not wrap. */
    public long keys(TokenRange range) throws IOException {
        long keys = 0;
        for (var section : sections(List.of(range))) {
            keys += section.partitions();
        }
        return keys;
    }

    /** About how many partitions are in a range that does not wrap, without reading. */
    public long estimatedKeys(TokenRange range) {
        var summary = files.index().summary();
        long last = range.right().isMinimum() ? summary.size() - 1 : summary.blockOf(range.right());
        return Math.min(stats().partitions(), (last - summary.blockOf(range.left())) * Summary.INTERVAL);
    }

    /** Every 128th key of those in a range that does not wrap, without reading. */
    public List<Key> keySample(TokenRange range) {
        var summary = files.index().summary();
        int last = range.right().isMinimum() ? summary.size() - 1 : summary.blockOf(range.right());
        var sample = new ArrayList<Key>();
        for (int block = summary.blockOf(range.left()) + 1; block <= last; block++) {
            sample.add(summary.key(block));
        }
        return sample;
    }

    /** Takes a reference; false when it is too late, the files are closed. */
    public boolean tryAcquire() {
        while (true) {
            int count = references.get();
            if (count == 0) {
                return false;
            }
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    /**
     * Gives a reference up; the last one closes the files and deletes them if they are obsolete. What the disk refuses to
     * delete now, {@link SSTableFiles#cleanTemporary} deletes at the next start, so whoever gives it up need not care.
     *
     * @throws IllegalStateException when there is none left
     */
    public void release() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("SSTable " + id + " was released more often than acquired");
        }
        if (left > 0) {
            return;
        }
        try {
            files.close();
            if (obsolete) {
                SSTableFiles.delete(disk, directory, id, components());
            }
        } catch (IOException refused) {
            LOG.warn(
                    "SSTable {} in {} is not needed any more but stays until the next start: {}",
                    id,
                    directory,
                    refused.getMessage());
        }
    }

    /** Says that nobody needs its files any more once the last reference is gone. */
    public void markObsolete() {
        obsolete = true;
    }

    /** Bytes of all components. */
    public long onDiskBytes() {
        return files.onDiskBytes();
    }

    public List<Component> components() {
        return files.statistics().allComponents();
    }

    public String path(Component component) {
        return SSTableFiles.path(directory, id, component);
    }

    @Override
    public String toString() {
        return path(Component.DATA);
    }
}
