package io.ringsim.bench;

import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.SyncMode;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.MemtableLimits;
import io.ringsim.storage.table.SizeTiered;
import java.time.Duration;

/**
 * Puts by callers that wait for each: durably, when the row is on disk; else when the operating system has it, and what
 * fills the memtables is flushed meanwhile.
 */
record PutCase(SampleRows rows, int callers, boolean durable) {
    private static final long MEMTABLE = 32L << 20;
    private static final int BLOCK = 16 << 10;

    static final CompactionSettings NO_COMPACTION = new CompactionSettings(SizeTiered.defaults(), false, 0);

    Alternation.Load ours() {
        var settings = EngineSettings.defaults()
                .with(durable ? SyncMode.batch() : SyncMode.periodic())
                .with(new MemtableLimits(MEMTABLE, Long.MAX_VALUE, Duration.ofHours(1)))
                .with(NO_COMPACTION)
                .withMemory(2 * MEMTABLE)
                .withCleanupThreshold(1);
        return () -> {
            var opened = RealEngine.open(settings);
            var engine = opened.engine();
            return new Alternation.Work() {
                @Override
                public long run() {
                    return each(index -> engine.applyAndWait(rows.mutation(index)));
                }

                @Override
                public void finish() {
                    opened.close();
                }
            };
        };
    }

    Alternation.Load rocks() {
        return () -> {
            var peer = RocksPeer.open(BLOCK, MEMTABLE, durable);
            return new Alternation.Work() {
                @Override
                public long run() {
                    return each(index -> peer.put(rows, index));
                }

                @Override
                public void finish() {
                    peer.close();
                }
            };
        };
    }

    /** What one caller cannot do without: to hand a row to the system, and to make that safe. */
    Alternation.Load bare() {
        return () -> {
            var folder = BenchFolder.fresh("bare");
            var file = PlainFile.room(rows, folder.path().resolve("bare"));
            return new Alternation.Work() {
                @Override
                public long run() {
                    PlainFile.appendEach(rows, file);
                    return rows.count();
                }

                @Override
                public void finish() {
                    PlainFile.close(file);
                    folder.close();
                }
            };
        };
    }

    private long each(Callers.Call call) {
        return new Callers(callers, rows.count()).each(call);
    }
}
