package io.ringsim.storage.table;

import io.ringsim.data.Partition;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.memtable.OpOrder;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes memtables to SSTables, the oldest first. A new memtable takes the writes at once; the old one is written when all
 * writes that belong to it are complete, which a barrier tells, and is readable until its SSTable is.
 */
final class Flush {
    private final TableStore store;
    private final TableContext context;
    private final AtomicBoolean due = new AtomicBoolean();

    Flush(TableStore store, TableContext context) {
        this.store = store;
        this.context = context;
    }

    /** Tells how many bytes were written to disk, when all that was written to the table until now is there. */
    void start(FlushReason reason, Io.Outcome<? super Long> then) {
        if (reason == FlushReason.MEMTABLE_LIMIT && !due.compareAndSet(false, true)) {
            then.succeeded(0L); // one is on its way that was asked for the same reason
            return;
        }
        var sealed = seal();
        due.set(false);
        syncBeside(sealed);
        context.io().run(Io.Lane.FLUSH, () -> write(sealed), then);
    }

    /** What is flushed has to be safe in the log before it is part of the table; that begins while the flush writes. */
    private void syncBeside(Sealed sealed) {
        context.io().run(Io.Lane.LOG, () -> madeSafe(sealed.logged()), NOBODY);
    }

    private boolean madeSafe(CommitLogPosition upTo) throws IOException {
        context.log().makeSafe(upTo);
        return true;
    }

    /** The flush itself finds out. */
    private static final Io.Outcome<Boolean> NOBODY = new Io.Outcome<>() {
        @Override
        public void succeeded(Boolean result) {}

        @Override
        public void failed(IOException reason) {}
    };

    void now() throws IOException {
        write(seal());
    }

    /**
     * What one flush writes. A memtable that another flush seals meanwhile may still be written to when the barrier of this one
     * is passed, so it is not among them.
     *
     * @param memtables of the table and of its indexes, those first
     * @param logged where in the log all that is in them ends
     * @param barrier that is passed when no write to them is under way
     */
    private record Sealed(List<OfStore> memtables, CommitLogPosition logged, OpOrder.Barrier barrier) {}

    private record OfStore(TableStore store, List<Memtable> memtables) {
        static OfStore of(TableStore store) {
            var all = store.view().memtables();
            return new OfStore(store, all.subList(0, all.size() - 1));
        }
    }

    /** What is flushed of the table is flushed of its indexes, which are sealed after it. */
    private Sealed seal() {
        store.switchMemtable();
        store.indexes().forEach(index -> index.store().switchMemtable());
        var sealed = new ArrayList<OfStore>();
        store.indexes().forEach(index -> sealed.add(OfStore.of(index.store())));
        sealed.add(OfStore.of(store));
        var logged = context.log().appended();
        return new Sealed(sealed, logged, context.writes().issue());
    }

    private long write(Sealed sealed) throws IOException {
        sealed.barrier().await();
        long bytes = 0;
        for (var each : sealed.memtables()) {
            var flush = new Flush(each.store(), context);
            for (var memtable : each.memtables()) {
                if (each.store().view().memtables().contains(memtable)) { // else a flush before this one wrote it
                    bytes += flush.write(memtable, sealed.logged());
                }
            }
        }
        store.compactions().maybeStart();
        return bytes;
    }

    private long write(Memtable memtable, CommitLogPosition logged) throws IOException {
        if (memtable.isEmpty()) {
            store.drop(memtable);
            store.markClean(memtable);
            return 0;
        }
        try (var writer = store.newSSTable(memtable.partitionCount())) {
            for (var partitions = memtable.iterator(); partitions.hasNext(); ) {
                writer.append(settled(partitions.next()));
            }
            context.log().makeSafe(logged);
            var written = writer.partitions() == 0
                    ? List.<SSTableReader>of()
                    : List.of(writer.finish(new SSTableOrigin(bound(memtable.from()), bound(memtable.upTo()), 0, 0)));
            store.replace(List.of(), written, memtable);
            context.memory().released(memtable.bytes());
            store.markClean(memtable);
            return bytes(written);
        }
    }

    /** Without what its own deletions cover. */
    private UnfilteredRows settled(Partition partition) {
        var table = store.table();
        return partition.deletion().isLive() && partition.rangeTombstones().isEmpty()
                ? partition.read(table)
                : UnfilteredRows.merge(
                        List.of(partition.read(table), UnfilteredRows.empty(partition.key(), false)), table);
    }

    private static SSTableOrigin.LogBound bound(CommitLogPosition position) {
        return new SSTableOrigin.LogBound(Math.max(0, position.segment()), position.offset());
    }

    static long bytes(List<SSTableReader> sstables) {
        return sstables.stream().mapToLong(SSTableReader::onDiskBytes).sum();
    }
}
