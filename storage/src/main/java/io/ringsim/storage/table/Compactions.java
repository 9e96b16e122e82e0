package io.ringsim.storage.table;

import io.ringsim.ring.TokenRange;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compactions of one table: which are due, and those that run, step by step within the allowed throughput. */
final class Compactions {
    private static final Logger LOG = LoggerFactory.getLogger(Compactions.class);
    private static final long STEP_BYTES = 1 << 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final TableStore store;
    private final TableContext context;
    private final TreeSet<Long> busy = new TreeSet<>();
    /** Those that were begun and are not over. */
    private final List<Compaction> running = new ArrayList<>();

    Compactions(TableStore store, TableContext context) {
        this.store = store;
        this.context = context;
    }

    private static final Io.Outcome<Long> NOBODY = new Io.Outcome<>() {
        @Override
        public void succeeded(Long result) {}

        @Override
        public void failed(IOException reason) {}
    };

    /** Starts what the strategy says is due. */
    void maybeStart() {
        if (!context.compaction().automatic() || store.quarantined().isPresent()) {
            return;
        }
        List<SSTableReader> chosen;
        synchronized (this) {
            var idle = store.view().sstables().stream().filter(this::isIdle).toList();
            chosen = context.compaction().strategy().next(idle, SSTableReader::onDiskBytes);
            if (chosen.isEmpty() || !claim(chosen)) {
                return;
            }
        }
        start(chosen, Optional.empty(), NOBODY);
    }

    private synchronized boolean isIdle(SSTableReader sstable) {
        return !busy.contains(sstable.id().generation());
    }

    /** Takes them for a compaction, none if one of them is taken or gone. */
    private synchronized boolean claim(List<SSTableReader> chosen) {
        if (!chosen.stream().allMatch(this::isIdle) || !Snapshot.tryAcquire(chosen)) {
            return false;
        }
        chosen.forEach(sstable -> busy.add(sstable.id().generation()));
        return true;
    }

    private void giveBack(List<SSTableReader> chosen) {
        synchronized (this) {
            chosen.forEach(sstable -> busy.remove(sstable.id().generation()));
        }
        chosen.forEach(SSTableReader::release);
    }

    /** Compacts all that are not being compacted already to one; tells by how many bytes the table shrank. */
    void compactAll(Io.Outcome<? super Long> then) {
        List<SSTableReader> all;
        synchronized (this) {
            all = store.view().sstables().stream().filter(this::isIdle).toList();
            if (all.isEmpty() || !claim(all)) {
                then.succeeded(0L);
                return;
            }
        }
        start(all, Optional.empty(), then);
    }

    void cleanup(List<TokenRange> owned, Io.Outcome<? super Long> then) {
        var foreign = new ArrayList<SSTableReader>();
        synchronized (this) {
            for (var sstable : store.view().sstables()) {
                if (isIdle(sstable) && hasForeignKeys(sstable, owned)) {
                    foreign.add(sstable);
                }
            }
            if (foreign.isEmpty() || !claim(foreign)) {
                then.succeeded(0L);
                return;
            }
        }
        cleanOneByOne(foreign, 0, owned, 0, then);
    }

    private static boolean hasForeignKeys(SSTableReader sstable, List<TokenRange> owned) {
        return owned.stream()
                .noneMatch(range -> range.contains(sstable.first().token())
                        && range.contains(sstable.last().token())
                        && (!range.isWrapAround() || range.right().isMinimum() || range.isWholeRing()));
    }

    private void cleanOneByOne(
            List<SSTableReader> foreign, int next, List<TokenRange> owned, long freed, Io.Outcome<? super Long> then) {
        if (next == foreign.size()) {
            then.succeeded(freed);
            return;
        }
        start(List.of(foreign.get(next)), Optional.of(owned), new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long bytes) {
                cleanOneByOne(foreign, next + 1, owned, freed + bytes, then);
            }

            @Override
            public void failed(IOException reason) {
                giveBack(foreign.subList(next + 1, foreign.size()));
                then.failed(reason);
            }
        });
    }

    private void start(List<SSTableReader> inputs, Optional<List<TokenRange>> owned, Io.Outcome<? super Long> then) {
        context.io()
                .run(Io.Lane.COMPACTION, () -> store.serving().guarded(() -> begin(inputs, owned)), new Io.Outcome<>() {
                    @Override
                    public void succeeded(Compaction compaction) {
                        step(compaction, then);
                    }

                    @Override
                    public void failed(IOException reason) {
                        giveBack(inputs);
                        then.failed(reason);
                    }
                });
    }

    private Compaction begin(List<SSTableReader> inputs, Optional<List<TokenRange>> owned) throws IOException {
        var compaction = new Compaction(store, inputs, owned);
        synchronized (this) {
            running.add(compaction);
        }
        return compaction;
    }

    private void step(Compaction compaction, Io.Outcome<? super Long> then) {
        context.io().runAfter(pause(), Io.Lane.COMPACTION, () -> advance(compaction), new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long freed) {
                if (freed == UNFINISHED) {
                    step(compaction, then);
                } else {
                    then.succeeded(freed);
                    maybeStart();
                }
            }

            @Override
            public void failed(IOException reason) {
                then.failed(reason);
            }
        });
    }

    private static final long UNFINISHED = Long.MIN_VALUE;

    /** So that reading a step's bytes and waiting take as long as the throughput allows. */
    private Duration pause() {
        long throughput = context.compaction().throughput();
        return throughput == 0 ? Duration.ZERO : Duration.ofNanos(STEP_BYTES * NANOS_PER_SECOND / throughput);
    }

    /** One step; when that was the last, replaces the inputs and tells how many bytes that freed. */
    private long advance(Compaction compaction) throws IOException {
        synchronized (this) {
            if (!running.contains(compaction)) {
                throw new IOException(
                        "a compaction of " + store.table().id() + " was given up, for the table is closed");
            }
        }
        boolean done = false;
        try {
            if (store.serving().guarded(() -> compaction.step(STEP_BYTES))) {
                return UNFINISHED;
            }
            done = true;
            return complete(compaction);
        } catch (CorruptFile corrupt) {
            done = true;
            store.serving().quarantine(corrupt);
            giveUp(compaction);
            throw corrupt;
        } catch (IOException failed) {
            done = true;
            giveUp(compaction);
            throw failed;
        } finally {
            if (done) {
                synchronized (this) {
                    running.remove(compaction);
                }
                giveBack(compaction.inputs());
            }
        }
    }

    private static void giveUp(Compaction compaction) throws IOException {
        compaction.close();
    }

    private long complete(Compaction compaction) throws IOException {
        var inputs = compaction.inputs();
        var output = compaction.finish();
        try {
            store.replace(inputs, output.stream().toList(), null);
        } catch (IOException refused) {
            output.ifPresent(SSTableReader::markObsolete);
            output.ifPresent(SSTableReader::release);
            throw refused;
        }
        compaction.close();
        return Flush.bytes(inputs) - output.map(SSTableReader::onDiskBytes).orElse(0L);
    }

    /** Gives up those that are between two steps. */
    void close() {
        List<Compaction> left;
        synchronized (this) {
            left = List.copyOf(running);
            running.clear();
        }
        for (var compaction : left) {
            try {
                giveUp(compaction);
            } catch (IOException refused) {
                LOG.info(
                        "what was compacted of {} stays until the next start: {}",
                        store.table().id(),
                        refused.getMessage());
            }
            giveBack(compaction.inputs());
        }
    }
}
