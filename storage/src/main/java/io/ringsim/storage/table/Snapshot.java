package io.ringsim.storage.table;

import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.util.List;

/** A view whose SSTables stay until it is closed. */
final class Snapshot implements AutoCloseable {
    private final View view;

    private Snapshot(View view) {
        this.view = view;
    }

    /** Refers to all SSTables of the view; false, referring to none, when one of them is gone already. */
    static boolean tryAcquire(List<SSTableReader> sstables) {
        for (int i = 0; i < sstables.size(); i++) {
            if (!sstables.get(i).tryAcquire()) {
                sstables.subList(0, i).forEach(SSTableReader::release);
                return false;
            }
        }
        return true;
    }

    /**
     * A snapshot of what the table is now.
     *
     * @throws IOException when the table is closed
     */
    static Snapshot of(TableStore table) throws IOException {
        while (true) {
            var view = table.view();
            if (tryAcquire(view.sstables())) {
                return new Snapshot(view);
            }
            table.checkOpen();
        }
    }

    List<Memtable> memtables() {
        return view.memtables();
    }

    /** The one with the newest data first. */
    List<SSTableReader> sstables() {
        return view.sstables();
    }

    @Override
    public void close() {
        view.sstables().forEach(SSTableReader::release);
    }
}
