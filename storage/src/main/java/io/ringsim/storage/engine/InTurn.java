package io.ringsim.storage.engine;

import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.util.List;

/** A chore that is done on one table after another. */
final class InTurn {
    /** What is done, and tells a number of bytes. */
    interface Chore {
        void on(TableStore table, Io.Outcome<Long> next);
    }

    private InTurn() {}

    /** Tells the sum, or what failed first. */
    static void run(List<TableStore> tables, Chore chore, Io.Outcome<? super Long> then) {
        run(tables, 0, 0, chore, then);
    }

    private static void run(List<TableStore> tables, int next, long bytes, Chore chore, Io.Outcome<? super Long> then) {
        if (next == tables.size()) {
            then.succeeded(bytes);
            return;
        }
        chore.on(tables.get(next), new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long more) {
                run(tables, next + 1, bytes + more, chore, then);
            }

            @Override
            public void failed(IOException reason) {
                then.failed(reason);
            }
        });
    }
}
