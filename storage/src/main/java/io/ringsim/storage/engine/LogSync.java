package io.ringsim.storage.engine;

import io.ringsim.runtime.Clock;
import io.ringsim.storage.commitlog.CommitLog;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Acknowledges logged writes when the {@link SyncMode} allows it. At most one sync is under way; those that come meanwhile
 * share the next.
 */
final class LogSync {
    private record Waiting(CommitLogPosition position, WriteOutcome outcome) {}

    private final CommitLog log;
    private final SharedSync shared;
    private final Io io;
    private final Clock clock;
    private final SyncMode mode;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean syncing;
    private long lastSyncBegan;
    private volatile boolean closed;

    LogSync(CommitLog log, Io io, Clock clock, SyncMode mode) {
        this.log = log;
        this.shared = new SharedSync(log);
        this.io = io;
        this.clock = clock;
        this.mode = mode;
        this.lastSyncBegan = clock.nanos();
        if (mode instanceof SyncMode.Periodic periodic) {
            again(periodic.period());
        }
    }

    /** Acknowledges the write at that position now or later. */
    void acknowledge(CommitLogPosition position, WriteOutcome outcome) {
        if (mode instanceof SyncMode.Periodic periodic && !isLate(periodic)) {
            try {
                log.writeThrough(position);
            } catch (IOException failed) {
                outcome.refused(failed);
                return;
            }
            outcome.acknowledged();
            return;
        }
        synchronized (this) {
            waiting.add(new Waiting(position, outcome));
            if (syncing || mode instanceof SyncMode.Periodic) {
                return;
            }
            syncing = true;
        }
        start(mode instanceof SyncMode.Group group ? group.window() : Duration.ZERO);
    }

    /** Returns when the write at that position would be acknowledged; syncs itself if nobody does. */
    void await(CommitLogPosition position) throws IOException {
        if (mode instanceof SyncMode.Batch) {
            shared.await(position);
            return;
        }
        if (mode instanceof SyncMode.Periodic periodic && !isLate(periodic)) {
            log.writeThrough(position);
            return;
        }
        var told = new CompletableFuture<Optional<IOException>>();
        acknowledge(position, new WriteOutcome() {
            @Override
            public void acknowledged() {
                told.complete(Optional.empty());
            }

            @Override
            public void refused(IOException reason) {
                told.complete(Optional.of(reason));
            }
        });
        var refused = told.join();
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    /** Whether the last sync began so long ago that a crash would lose more than was promised. */
    private synchronized boolean isLate(SyncMode.Periodic periodic) {
        return clock.nanos() - lastSyncBegan > periodic.period().toNanos() * 3 / 2;
    }

    private void again(Duration period) {
        synchronized (this) {
            syncing = true;
        }
        start(period);
    }

    private void start(Duration delay) {
        io.runAfter(delay, Io.Lane.LOG, this::sync, new Io.Outcome<CommitLogPosition>() {
            @Override
            public void succeeded(CommitLogPosition durable) {
                release(durable).forEach(each -> each.outcome().acknowledged());
                goOn();
            }

            @Override
            public void failed(IOException reason) {
                releaseAll().forEach(each -> each.outcome().refused(reason));
                goOn();
            }
        });
    }

    private CommitLogPosition sync() throws IOException {
        synchronized (this) {
            lastSyncBegan = clock.nanos();
        }
        return log.sync();
    }

    private synchronized List<Waiting> release(CommitLogPosition durable) {
        var released = new ArrayList<Waiting>();
        var others = new ArrayList<Waiting>();
        for (var each : waiting) { // nearly in order, for they append before they queue
            (each.position().compareTo(durable) <= 0 ? released : others).add(each);
        }
        waiting.clear();
        waiting.addAll(others);
        return released;
    }

    private synchronized List<Waiting> releaseAll() {
        var released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }

    /** Syncs no more; who still waits is refused when the sync that is due has failed. */
    void close() {
        closed = true;
    }

    private void goOn() {
        if (closed) {
            var reason = new IOException("the store is closed; the write may be lost");
            releaseAll().forEach(each -> each.outcome().refused(reason));
            return;
        }
        if (mode instanceof SyncMode.Periodic periodic) {
            start(periodic.period());
            return;
        }
        synchronized (this) {
            if (waiting.isEmpty()) {
                syncing = false;
                return;
            }
        }
        start(mode instanceof SyncMode.Group group ? group.window() : Duration.ZERO);
    }
}
