package io.ringsim.storage.engine;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.Mutation;
import io.ringsim.data.TableId;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.commitlog.CommitLog;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.commitlog.FlushedPositions;
import io.ringsim.storage.commitlog.Replay;
import io.ringsim.storage.commitlog.ReplayReport;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.WriteBehind;
import io.ringsim.storage.table.LogMarks;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The commit log as tables see it while the store opens: first replayed into them, then open for new writes. Recovery brings
 * back what the log holds and SSTables do not, and makes it safe in SSTables, so that the old log can go.
 */
final class RecoveredLog implements LogMarks {
    private volatile @Nullable CommitLog log;
    private CommitLogPosition replayed = CommitLogPosition.NONE;

    /** Replays the log and opens it. What was logged for a quarantined table stays in it. */
    ReplayReport recover(
            Disk disk,
            String directory,
            Partitioner partitioner,
            SortedMap<TableId, TableStore> tables,
            EngineSettings settings,
            WriteBehind writeBehind)
            throws IOException {
        var report = Replay.of(
                disk,
                directory,
                settings.commitLog(),
                partitioner,
                table -> flushed(tables.get(table)),
                (mutation, position) -> apply(mutation, position, tables, settings));
        var opened = CommitLog.open(disk, directory, settings.commitLog(), known(tables), writeBehind);
        log = opened;
        if (flushAll(tables)) {
            opened.discardReplayed();
        }
        return report;
    }

    private static Optional<FlushedPositions> flushed(@Nullable TableStore store) {
        return store == null || store.quarantined().isPresent()
                ? Optional.empty()
                : Optional.of(FlushedPositions.NOTHING.and(CommitLogPosition.NONE, store.flushed()));
    }

    private void apply(
            Mutation mutation,
            CommitLogPosition position,
            SortedMap<TableId, TableStore> tables,
            EngineSettings settings)
            throws IOException {
        replayed = position;
        for (var update : mutation.updates()) {
            var store = tables.get(update.table());
            if (store != null && store.quarantined().isEmpty()) {
                store.apply(update.partition(), position);
                if (store.memtableBytes() >= settings.memtables().bytes()) {
                    store.flushNow();
                }
            }
        }
    }

    /** The last position that may have been given before. */
    private CommitLogPosition known(SortedMap<TableId, TableStore> tables) {
        var known = replayed;
        for (var store : tables.values()) {
            known = store.flushed().compareTo(known) > 0 ? store.flushed() : known;
        }
        return known;
    }

    /** False if a table could not be flushed, and the log has to be kept for it. */
    private static boolean flushAll(SortedMap<TableId, TableStore> tables) throws IOException {
        boolean all = true;
        for (var store : tables.values()) {
            if (store.quarantined().isPresent()) {
                all = false;
            } else if (store.memtableBytes() > 0) {
                store.flushNow();
            }
        }
        return all;
    }

    /** The open log. */
    CommitLog log() {
        return requireNonNull(log);
    }

    @Override
    public CommitLogPosition appended() {
        var opened = log;
        return opened == null ? replayed : opened.appended();
    }

    @Override
    public void makeSafe(CommitLogPosition upTo) throws IOException {
        var opened = log;
        if (opened != null) {
            opened.sync(upTo);
        }
    }

    @Override
    public void markClean(TableId table, CommitLogPosition from, CommitLogPosition upTo) throws IOException {
        var opened = log;
        if (opened != null) {
            opened.markClean(table, from, upTo);
        }
    }
}
