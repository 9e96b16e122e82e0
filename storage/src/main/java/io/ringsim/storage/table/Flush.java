package io.ringsim.storage.table;

import io.ringsim.data.Partition;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.memtable.OpOrder;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
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
        switchAll();
        var barrier = context.writes().issue();
        due.set(false);
        syncBeside();
        context.io().run(Io.Lane.FLUSH, () -> writeSealed(barrier), then);
    }

    /** What is flushed has to be safe in the log before it is part of the table; that begins while the flush writes. */
    private void syncBeside() {
        var logged = sealedUpTo(store.view());
        context.io().run(Io.Lane.LOG, () -> madeSafe(logged), NOBODY);
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
        switchAll();
        writeSealed(context.writes().issue());
    }

    /** The indexes' first, so that what is flushed here is flushed there. */
    private void switchAll() {
        store.switchMemtable();
        store.indexes().forEach(index -> index.store().switchMemtable());
    }

    private long writeSealed(OpOrder.Barrier barrier) throws IOException {
        barrier.await();
        var logged = sealedUpTo(store.view());
        long bytes = 0;
        for (var index : store.indexes()) {
            bytes += new Flush(index.store(), context).writeAll(logged);
        }
        bytes += writeAll(logged);
        store.compactions().maybeStart();
        return bytes;
    }

    /** Up to where the log has what is in memtables that take no writes any more. */
    private static CommitLogPosition sealedUpTo(View view) {
        var memtables = view.memtables();
        return memtables.size() > 1 ? memtables.get(memtables.size() - 2).upTo() : CommitLogPosition.NONE;
    }

    private long writeAll(CommitLogPosition logged) throws IOException {
        long bytes = 0;
        var memtables = store.view().memtables();
        for (var memtable : memtables.subList(0, memtables.size() - 1)) {
            bytes += write(memtable, logged);
        }
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
