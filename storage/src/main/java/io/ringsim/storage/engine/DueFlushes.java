package io.ringsim.storage.engine;

import io.ringsim.data.Mutation;
import io.ringsim.data.TableId;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.Memory;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;

/** Flushes tables when it is time: memtables that are large or old, or, when all take too much memory, the largest. */
record DueFlushes(EngineSettings settings, Memory memory, SortedMap<TableId, TableStore> tables) {
    /** A flush nobody asked about: if it failed its memtable stays and the next flush tries again. */
    private static final class Reported implements Io.Outcome<Long> {
        @Override
        public void succeeded(Long bytes) {}

        @Override
        public void failed(IOException reason) {}
    }

    /** What a write made due. */
    void after(Mutation mutation) {
        for (var update : mutation.updates()) {
            var table = Optional.ofNullable(tables.get(update.table()));
            if (table.filter(any -> any.isDue(settings.memtables())).isPresent()) {
                table.get().flush(FlushReason.MEMTABLE_LIMIT, new Reported());
            } else if (isCleanupDue()) {
                largest().ifPresent(store -> store.flush(FlushReason.MEMTABLE_LIMIT, new Reported()));
            }
        }
    }

    /** Whether memtables that take writes have their share of the memory; those that are being flushed do not count. */
    private boolean isCleanupDue() {
        double share = memory.limit() * settings.cleanupThreshold();
        return memory.used() >= share
                && tables.values().stream()
                                .mapToLong(TableStore::unflushedBytes)
                                .sum()
                        >= share;
    }

    private Optional<TableStore> largest() {
        return tables.values().stream().max(Comparator.comparingLong(TableStore::unflushedBytes));
    }

    /** What became old, and what failed to be flushed. */
    void old() {
        for (var table : tables.values()) {
            if (table.isDue(settings.memtables())) {
                table.flush(FlushReason.MEMTABLE_PERIOD_EXPIRED, new Reported());
            } else if (table.hasSealed()) {
                table.flush(FlushReason.MEMTABLE_LIMIT, new Reported());
            }
        }
    }

    /** What keeps segments of the commit log. */
    void dirty(Collection<TableId> dirty) {
        for (var id : dirty) {
            Optional.ofNullable(tables.get(id))
                    .ifPresent(table -> table.flush(FlushReason.COMMITLOG_DIRTY, new Reported()));
        }
    }
}
