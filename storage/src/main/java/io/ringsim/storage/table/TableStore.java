package io.ringsim.storage.table;

import io.ringsim.data.Bytes;
import io.ringsim.data.MerkleTree;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Purge;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.sstable.ContentReceiver;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.SSTableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The data of one table: in Cassandra's words, its column family store.
 *
 * <p>Writes go to the current {@link Memtable}. A {@link Flush} writes a memtable to an SSTable; {@link Compactions} write
 * several SSTables to one. What the table consists of is a {@link View}, replaced in one step, first on disk and then here.
 * A table in which a file turns out corrupt is quarantined: it refuses reads and writes, and the other tables go on.
 */
public final class TableStore {
    private final TableContext context;
    private final TableMetadata table;
    private final SSTables sstables;
    private final PartitionReads reads;
    private final List<SecondaryIndex> indexes = new ArrayList<>();
    private final Flush flush;
    private final Compactions compactions;
    private final Serving serving;
    private final Object changing = new Object();
    private volatile View view;
    private volatile boolean closed;

    private TableStore(TableContext context, TableMetadata table, SSTables sstables, List<SSTableReader> readers) {
        this.context = context;
        this.table = table;
        this.sstables = sstables;
        this.serving = new Serving(table.id());
        this.reads = new PartitionReads(this, table);
        this.flush = new Flush(this, context);
        this.compactions = new Compactions(this, context);
        this.view = new View(
                List.of(new Memtable(
                        table, sstables.current().flushed(), context.clock().nanos())),
                readers);
    }

    /**
     * Opens what there is of the table in the directory, making it when it is new. A corrupt SSTable leaves the table
     * quarantined.
     */
    public static TableStore open(TableContext context, TableMetadata table, String directory) throws IOException {
        TableStore store;
        try {
            var sstables = SSTables.open(context.disk(), directory);
            store = open(context, table, sstables);
        } catch (CorruptFile corrupt) {
            store = new TableStore(context, table, SSTables.none(context.disk(), directory), List.of());
            store.serving.quarantine(corrupt);
        }
        for (var column : table.indexed()) {
            store.indexes.add(SecondaryIndex.open(context, store, column, directory));
        }
        return store;
    }

    private static TableStore open(TableContext context, TableMetadata table, SSTables sstables) throws IOException {
        try {
            return new TableStore(context, table, sstables, sstables.openAll(table, context.partitioner()));
        } catch (CorruptFile corrupt) {
            var store = new TableStore(context, table, sstables, List.of());
            store.serving.quarantine(corrupt);
            return store;
        }
    }

    public TableMetadata table() {
        return table;
    }

    Partitioner partitioner() {
        return context.partitioner();
    }

    View view() {
        return view;
    }

    long nowSeconds() {
        return context.nowSeconds();
    }

    /** What a reader need not be told any more: tombstones that every replica has had time to learn of. */
    Purge readPurge() {
        long now = nowSeconds();
        return new Purge(now, now - table.gcGrace().toSeconds(), Long.MAX_VALUE);
    }

    /** Why the table serves nothing; nothing when it does. */
    public Optional<CorruptFile> quarantined() {
        return serving.quarantined();
    }

    /** Whether it serves at all. */
    public Serving serving() {
        return serving;
    }

    /**
     * Merges an update in. To be called within a group of {@link TableContext#writes()} that was started before the write
     * was logged.
     *
     * @param position of the write in the commit log
     */
    public void apply(Partition update, CommitLogPosition position) throws IOException {
        serving.check();
        for (var index : indexes) {
            index.apply(update, position);
        }
        Memtable memtable = null;
        while (memtable == null) { // a view that is a moment old may have none for it
            memtable = accepting(position);
        }
        context.memory().allocated(memtable.put(update));
        reads.rowCache().invalidate(update.key());
    }

    /** Merges in what is in no commit log: it is safe when it is flushed. */
    void applyUnlogged(Partition update) throws IOException {
        serving.check();
        var group = context.writes().start();
        try {
            context.memory().allocated(view.current().put(update));
            reads.rowCache().invalidate(update.key());
        } finally {
            group.close();
        }
    }

    private @Nullable Memtable accepting(CommitLogPosition position) {
        for (var memtable : view.memtables()) {
            if (memtable.accepts(position)) {
                return memtable;
            }
        }
        return null;
    }

    /** What is known of the rows asked for, tombstones included. */
    public Partition read(PartitionQuery query, ReadTrace trace) throws IOException {
        serving.check();
        return serving.guarded(() -> reads.read(query, trace));
    }

    /** What is known of all keys in the range from the first on, a page of them. */
    public List<Partition> scan(RangeScan scan) throws IOException {
        serving.check();
        return serving.guarded(() -> RangeReads.read(this, scan));
    }

    /** Rows whose indexed column has that value. */
    public List<Partition> indexed(Bytes column, Bytes value, int limit) throws IOException {
        serving.check();
        for (var index : indexes) {
            if (index.column().equals(column)) {
                return serving.guarded(() -> index.read(value, limit));
            }
        }
        throw new IllegalArgumentException(table.id() + " has no index on " + column.toUtf8());
    }

    /** The current memtable, sealed, after which another takes the writes. */
    Memtable switchMemtable() {
        synchronized (changing) {
            var full = view.current();
            var bound = context.log().appended();
            full.seal(bound);
            view = view.switchedTo(new Memtable(table, bound, context.clock().nanos()));
            return full;
        }
    }

    /** Writes the current memtable to an SSTable. */
    public void flush(FlushReason reason, Io.Outcome<? super Long> then) {
        flush.start(reason, then);
    }

    /** The same, with everything waiting for it; for when nothing else goes on. */
    public void flushNow() throws IOException {
        flush.now();
    }

    /** Whether the current memtable is due by its own limits. */
    public boolean isDue(MemtableLimits limits) {
        var memtable = view.current();
        return !memtable.isEmpty()
                && (memtable.bytes() >= limits.bytes()
                        || memtable.operations() >= limits.operations()
                        || context.clock().nanos() - memtable.createdNanos()
                                >= limits.age().toNanos());
    }

    /** Bytes of its memtables. */
    public long memtableBytes() {
        return view.memtables().stream().mapToLong(Memtable::bytes).sum();
    }

    /** Bytes of the memtables that take the writes, its own and those of its indexes. */
    public long unflushedBytes() {
        long bytes = view.current().bytes();
        for (var index : indexes) {
            bytes += index.store().unflushedBytes();
        }
        return bytes;
    }

    /** Whether a memtable waits to be written to an SSTable. */
    public boolean hasSealed() {
        return view.memtables().size() > 1;
    }

    List<SecondaryIndex> indexes() {
        return indexes;
    }

    Compactions compactions() {
        return compactions;
    }

    SSTableWriter newSSTable(long expectedPartitions) throws IOException {
        return SSTableWriter.create(
                context.disk(),
                sstables.directory(),
                sstables.nextId(),
                table,
                Math.max(1, expectedPartitions),
                context.writing());
    }

    /** All writes up to there are in SSTables. */
    public CommitLogPosition flushed() {
        return sstables.current().flushed();
    }

    /** Replaces SSTables, durably and in one step for whoever reads, and with them a memtable that was flushed to them. */
    void replace(Collection<SSTableReader> gone, Collection<SSTableReader> come, @Nullable Memtable flushed)
            throws IOException {
        synchronized (changing) {
            if (!view.sstables().containsAll(gone)) { // all of them went when the table was dropped
                throw new TableDropped(table.id());
            }
            UnaryOperator<Manifest> mark = manifest -> flushed == null ? manifest : manifest.flushedTo(flushed.upTo());
            sstables.replace(gone, come, mark);
            var changed = view.replacing(gone, come);
            view = flushed == null ? changed : changed.without(flushed);
        }
        gone.forEach(this::discard);
    }

    /** Deletes one that is no part of the table any more when nobody reads it. */
    void discard(SSTableReader sstable) {
        reads.forget(sstable.id());
        sstable.markObsolete();
        sstable.release();
    }

    /** Refuses everything from now on; what is under way ends. */
    public void beginDropping() {
        serving.drop();
        indexes.forEach(index -> index.store().beginDropping());
    }

    /** Deletes all there is, durably; to be called when no write is under way. Tells how many bytes that freed, or will. */
    public long drop() throws IOException {
        return Drop.drop(this, context);
    }

    /** Is empty from now on, durably, whatever was written up to there; returns what there was. */
    View empty(CommitLogPosition upTo) throws IOException {
        synchronized (changing) {
            var all = view;
            sstables.replace(all.sstables(), List.of(), manifest -> manifest.flushedTo(upTo));
            view = new View(List.of(new Memtable(table, upTo, context.clock().nanos())), List.of());
            reads.rowCache().clear();
            return all;
        }
    }

    /** Tells the commit log that what was in a memtable is safe. */
    void markClean(Memtable flushed) throws IOException {
        context.log().markClean(table.id(), flushed.from(), flushed.upTo());
    }

    /** Drops a memtable that has nothing in it. */
    void drop(Memtable empty) {
        synchronized (changing) {
            view = view.without(empty);
        }
    }

    /** Makes received SSTables part of the table in one step, after its indexes know of them. */
    public void ingest(List<SSTableReader> received) throws IOException {
        serving.check();
        for (var index : indexes) {
            index.build(received);
        }
        replace(List.of(), received, null);
        reads.rowCache().clear();
    }

    /** A file for what is received, which is no SSTable yet. */
    public ContentReceiver beginReceiving() throws IOException {
        serving.check();
        return ContentReceiver.create(
                context.disk(),
                sstables.directory(),
                sstables.nextId(),
                table,
                context.partitioner(),
                context.writing());
    }

    /** A writer for what is received; what it finishes is no part of the table before it is {@link #ingest}ed. */
    public SSTableWriter receive(long expectedPartitions) throws IOException {
        serving.check();
        return newSSTable(expectedPartitions);
    }

    /** Flushes nothing: what of the ranges is in SSTables now, which stay until the selection is closed. */
    public Selection select(List<TokenRange> ranges) throws IOException {
        serving.check();
        return serving.guarded(() -> Selection.of(this, TokenRange.normalise(ranges)));
    }

    /** Hashes of what is known in a range that does not wrap, to compare with another replica's: for repair. */
    public MerkleTree merkleTree(TokenRange range, int depth) throws IOException {
        serving.check();
        return serving.guarded(() -> MerkleTrees.of(this, range, depth));
    }

    /** Compacts all SSTables to one. */
    public void compactAll(Io.Outcome<? super Long> then) {
        compactions.compactAll(then);
    }

    /** Rewrites every SSTable that has keys out of these ranges, without them. Tells how many bytes that freed. */
    public void cleanup(List<TokenRange> owned, Io.Outcome<? super Long> then) {
        compactions.cleanup(TokenRange.normalise(owned), then);
    }

    public int sstableCount() {
        return view.sstables().size();
    }

    /** Bytes on disk of its SSTables and those of its indexes. */
    public long diskBytes() {
        long bytes = 0;
        for (var sstable : view.sstables()) {
            bytes += sstable.onDiskBytes();
        }
        for (var index : indexes) {
            bytes += index.store().diskBytes();
        }
        return bytes;
    }

    public CacheHits keyCacheHits() {
        return reads.keyCacheHits();
    }

    public CacheHits rowCacheHits() {
        return new CacheHits(reads.rowCache().hits(), reads.rowCache().requests());
    }

    void checkOpen() throws IOException {
        if (closed) {
            throw new IOException(table.id() + " is closed");
        }
    }

    /** Gives up its files and what is under way; what is asked of it from now on may be refused. */
    public void close() {
        closed = true;
        compactions.close();
        indexes.forEach(index -> index.store().close());
        view.sstables().forEach(SSTableReader::release);
    }
}
