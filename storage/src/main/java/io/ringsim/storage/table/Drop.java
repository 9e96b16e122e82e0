package io.ringsim.storage.table;

import java.io.IOException;

/** Deletes all that is in a table, durably. Its manifest stays, and says that what the commit log has of it is void. */
final class Drop {
    private Drop() {}

    /** To be called when the table refuses everything and no write is under way. Tells how many bytes that freed, or will. */
    static long drop(TableStore store, TableContext context) throws IOException {
        long bytes = 0;
        for (var index : store.indexes()) {
            bytes += drop(index.store(), context);
        }
        var upTo = context.log().appended();
        context.log().makeSafe(upTo);
        var gone = store.empty(upTo);
        bytes += Flush.bytes(gone.sstables());
        gone.sstables().forEach(store::discard);
        for (var memtable : gone.memtables()) {
            context.memory().released(memtable.bytes());
        }
        var oldest = gone.memtables().get(0).from();
        context.log().markClean(store.table().id(), oldest, upTo);
        return bytes;
    }
}
