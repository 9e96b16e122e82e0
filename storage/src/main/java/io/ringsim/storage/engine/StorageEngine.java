package io.ringsim.storage.engine;

import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Clock;
import io.ringsim.storage.commitlog.CommitLog;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.commitlog.ReplayReport;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.memtable.OpOrder;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.Memory;
import io.ringsim.storage.table.ReadTrace;
import io.ringsim.storage.table.TableContext;
import io.ringsim.storage.table.TableStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Commit log, memtables and SSTables of one node. Any thread may write and read; work that waits for the disk goes to the
 * {@link Io}.
 *
 * <p>A write joins an {@link OpOrder} group, is appended to the commit log, put into the memtables of its tables, and
 * acknowledged when the log is as safe as the {@link SyncMode} promises. After a crash the log is replayed: what was
 * acknowledged as safe is there again.
 */
public final class StorageEngine implements Closeable {
    private static final String LOG_DIRECTORY = "commitlog";
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private final Io io;
    private final EngineSettings settings;
    private final Partitioner partitioner;
    private final OpOrder writes;
    private final Memory memory;
    private final CommitLog log;
    private final LogSync sync;
    private final SortedMap<TableId, TableStore> tables;
    private final DueFlushes due;
    private final ReplayReport replayed;
    private final Closeable lock;
    private volatile boolean stopped;

    private StorageEngine(
            Io io,
            Clock clock,
            EngineSettings settings,
            TableContext context,
            CommitLog log,
            SortedMap<TableId, TableStore> tables,
            ReplayReport replayed,
            Closeable lock) {
        this.io = io;
        this.settings = settings;
        this.partitioner = context.partitioner();
        this.writes = context.writes();
        this.memory = context.memory();
        this.log = log;
        this.sync = new LogSync(log, io, clock, settings.sync());
        this.tables = Collections.unmodifiableSortedMap(tables);
        this.due = new DueFlushes(settings, memory, this.tables);
        this.replayed = replayed;
        this.lock = lock;
        checkAgain();
    }

    /**
     * Opens what is on the disk, or begins there: clears away what was not finished, opens all SSTables, replays the commit
     * log into memtables and flushes them.
     *
     * @throws IOException when another store has the disk, the commit log is corrupt and its policy is to stop, or the disk
     *     fails. A corrupt SSTable is no reason: its table is quarantined
     */
    public static StorageEngine open(
            Disk disk,
            Io io,
            Clock clock,
            Partitioner partitioner,
            List<TableMetadata> schema,
            EngineSettings settings,
            SSTableWriter.Options writing)
            throws IOException {
        var lock = disk.lock();
        try {
            return open(disk, io, clock, partitioner, schema, settings, writing, lock);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static StorageEngine open(
            Disk disk,
            Io io,
            Clock clock,
            Partitioner partitioner,
            List<TableMetadata> schema,
            EngineSettings settings,
            SSTableWriter.Options writing,
            Closeable lock)
            throws IOException {
        var marks = new RecoveredLog();
        var context = new TableContext(
                disk,
                io,
                clock,
                partitioner,
                new OpOrder(),
                marks,
                new Memory(settings.memory()),
                settings.compaction(),
                writing);
        var tables = new TreeMap<TableId, TableStore>();
        for (var table : schema) {
            tables.put(table.id(), TableStore.open(context, table, directoryOf(table.id())));
        }
        var report = marks.recover(disk, LOG_DIRECTORY, partitioner, tables, settings, writing.writeBehind());
        return new StorageEngine(io, clock, settings, context, marks.log(), tables, report, lock);
    }

    /** Where on a disk the files of a table are. */
    public static String directoryOf(TableId table) {
        return "data/" + table.keyspace() + "/" + table.table();
    }

    /** What was found in the commit log when the engine was opened. */
    public ReplayReport replayed() {
        return replayed;
    }

    public SortedMap<TableId, TableStore> tables() {
        return tables;
    }

    /**
     * The table.
     *
     * @throws IllegalArgumentException when there is none; the message names those of its keyspace
     */
    public TableStore table(TableId id) {
        var store = tables.get(id);
        if (store == null) {
            throw new IllegalArgumentException("there is no table " + id + "; there are " + tables.keySet());
        }
        return store;
    }

    /** Logs and applies a write. It waits, with the thread going on, while memtables take all the memory they may. */
    public void apply(Mutation mutation, WriteOutcome outcome) {
        if (stopped) {
            outcome.refused(stopped());
        } else if (memory.admit(() -> apply(mutation, outcome))) {
            applyNow(mutation, outcome);
        }
    }

    private void applyNow(Mutation mutation, WriteOutcome outcome) {
        CommitLogPosition position;
        try {
            position = logAndApply(mutation);
        } catch (IOException refused) {
            outcome.refused(refused);
            return;
        }
        sync.acknowledge(position, outcome);
        due.after(mutation);
    }

    private CommitLogPosition logAndApply(Mutation mutation) throws IOException {
        var group = writes.start();
        try {
            checkTables(mutation);
            var position = log.append(mutation);
            for (var update : mutation.updates()) {
                table(update.table()).apply(update.partition(), position);
            }
            return position;
        } finally {
            group.close();
        }
    }

    /**
     * Logs and applies a write, and returns when it would be acknowledged. For threads that have nothing else to do: the
     * one that comes first syncs for all.
     *
     * @throws IOException when the write was not taken, or is not known to be safe
     */
    public void applyAndWait(Mutation mutation) throws IOException {
        var admitted = new CompletableFuture<Boolean>();
        if (!memory.admit(() -> admitted.complete(true))) {
            admitted.join();
        }
        if (stopped) {
            throw stopped();
        }
        var position = logAndApply(mutation);
        sync.await(position);
        due.after(mutation);
    }

    private static IOException stopped() {
        return new IOException("the store is stopped; no write is taken");
    }

    /** Before anything is logged: whatever is logged has to be applicable. */
    private void checkTables(Mutation mutation) throws IOException {
        for (var update : mutation.updates()) {
            table(update.table()).serving().check();
        }
    }

    private void checkAgain() {
        io.runAfter(CHECK_EVERY, Io.Lane.LOG, this::check, new Io.Outcome<Boolean>() {
            @Override
            public void succeeded(Boolean goOn) {
                if (goOn) {
                    checkAgain();
                }
            }

            @Override
            public void failed(IOException reason) {
                checkAgain();
            }
        });
    }

    /** Flushes what is old, what failed to be flushed, and what keeps the oldest segments of a log that grew too large. */
    private boolean check() throws IOException {
        if (stopped) {
            return false;
        }
        due.old();
        log.overflow().ifPresent(upTo -> due.dirty(log.dirtyTables(upTo)));
        memory.resume();
        return true;
    }

    /** What is known of the rows asked for, tombstones included. */
    public Partition read(PartitionQuery query) throws IOException {
        return table(query.table()).read(query, ReadTrace.NONE);
    }

    public Partitioner partitioner() {
        return partitioner;
    }

    /** Whether an SSTable of which a peer is to get all is sent as it is. */
    public boolean streamsEntire() {
        return settings.streamEntireSSTables();
    }

    /** Bytes of all tables, on disk and in memory. */
    public long bytes() {
        return diskBytes() + memory.used();
    }

    /** Those of a keyspace that were not dropped. */
    public List<TableStore> tablesOf(String keyspace) {
        return tables.values().stream()
                .filter(table -> table.table().id().keyspace().equals(keyspace)
                        && !table.serving().isDropped())
                .toList();
    }

    /**
     * Drops a table: it refuses everything at once, and all that is in it is deleted, what is being read when that is over.
     * Tells how many bytes that freed, or will. The engine knows it until it is closed; when it is opened with the table in
     * its schema, the table is there and empty. If the disk refuses, dropping it again tries again.
     *
     * @throws IllegalArgumentException when there is no such table
     */
    public void drop(TableId id, Io.Outcome<? super Long> then) {
        var table = table(id);
        table.beginDropping();
        var underWay = writes.issue();
        io.run(
                Io.Lane.FLUSH,
                () -> {
                    underWay.await();
                    return table.drop();
                },
                then);
    }

    /** Compacts all SSTables of each table to one; tells by how many bytes that shrank them. */
    public void compactAll(Io.Outcome<? super Long> then) {
        InTurn.run(List.copyOf(tables.values()), TableStore::compactAll, then);
    }

    /** Drops keys the node does not own, in the keyspaces named; tells how many bytes that freed. */
    public void cleanup(SortedMap<String, List<TokenRange>> owned, Io.Outcome<? super Long> then) {
        var concerned = tables.values().stream()
                .filter(table -> owned.containsKey(table.table().id().keyspace()))
                .toList();
        InTurn.run(
                concerned,
                (table, next) ->
                        table.cleanup(owned.getOrDefault(table.table().id().keyspace(), List.of()), next),
                then);
    }

    /** Flushes the tables of some keyspaces. */
    public void flush(List<String> keyspaces, FlushReason reason, Io.Outcome<? super Long> then) {
        var concerned = tables.values().stream()
                .filter(table -> keyspaces.contains(table.table().id().keyspace()))
                .toList();
        InTurn.run(concerned, (table, next) -> table.flush(reason, next), then);
    }

    /** Flushes all tables; told when all of them are, or the first that could not be. */
    public void flush(FlushReason reason, Io.Outcome<? super Long> then) {
        InTurn.run(List.copyOf(tables.values()), (table, next) -> table.flush(reason, next), then);
    }

    /** Takes no more writes and flushes all; after that the engine can be closed and nothing has to be replayed. */
    public void drain(Io.Outcome<? super Long> then) {
        stopped = true;
        memory.resumeAll();
        flush(FlushReason.DRAIN, then);
    }

    public CommitLog log() {
        return log;
    }

    public Memory memory() {
        return memory;
    }

    /** Bytes of all tables on disk. */
    public long diskBytes() {
        return tables.values().stream().mapToLong(TableStore::diskBytes).sum();
    }

    /**
     * Gives up files and lock; whatever the {@link Io} was doing for the engine has to be over. What is in memtables is in
     * the commit log.
     */
    @Override
    public void close() throws IOException {
        stopped = true;
        sync.close();
        memory.resumeAll();
        try {
            log.close();
        } finally {
            tables.values().forEach(TableStore::close);
            lock.close();
        }
    }
}
