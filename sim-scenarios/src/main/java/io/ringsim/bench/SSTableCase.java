package io.ringsim.bench;

import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.SyncMode;
import io.ringsim.storage.table.MemtableLimits;
import java.time.Duration;
import java.util.ArrayList;

/** Writing SSTables: a flush of a full memtable, and a compaction of four SSTables, in bytes of rows per second. */
record SSTableCase(SampleRows rows) {
    private static final int TABLES = 4;

    /** Nothing is flushed or compacted unless somebody asks for it. */
    static final EngineSettings BY_HAND = EngineSettings.defaults()
            .with(SyncMode.periodic())
            .with(new MemtableLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1)))
            .with(PutCase.NO_COMPACTION)
            .withMemory(Long.MAX_VALUE)
            .withCleanupThreshold(1);

    Alternation.Load flush() {
        return () -> {
            var engine = RealEngine.open(BY_HAND);
            engine.put(rows, 0, rows.count());
            engine.syncLog();
            return work(engine, engine::flush);
        };
    }

    Alternation.Load compact() {
        return () -> {
            var engine = RealEngine.open(BY_HAND);
            for (int i = 0; i < TABLES; i++) {
                engine.put(rows, rows.count() * i / TABLES, rows.count() * (i + 1) / TABLES);
                engine.flush();
            }
            return work(engine, engine::compact);
        };
    }

    private Alternation.Work work(RealEngine engine, Runnable task) {
        return new Alternation.Work() {
            @Override
            public long run() {
                task.run();
                return rows.bytes();
            }

            @Override
            public void finish() {
                if (engine.table().sstableCount() != 1) {
                    throw new IllegalStateException(engine.table().sstableCount() + " SSTables instead of one");
                }
                engine.close();
            }
        };
    }

    Alternation.Load plainWrite() {
        return () -> {
            var folder = BenchFolder.fresh("plain");
            return new Alternation.Work() {
                @Override
                public long run() {
                    PlainFile.compress(rows, 0, rows.count(), folder.path().resolve("plain"));
                    return rows.bytes();
                }

                @Override
                public void finish() {
                    folder.close();
                }
            };
        };
    }

    /** What a compaction cannot do without, merging left out: read, check, decompress, compress and write. */
    Alternation.Load plainCopy() {
        return () -> {
            var folder = BenchFolder.fresh("copy");
            var inputs = new ArrayList<PlainFile.Compressed>();
            for (int i = 0; i < TABLES; i++) {
                inputs.add(PlainFile.compress(
                        rows,
                        rows.count() * i / TABLES,
                        rows.count() * (i + 1) / TABLES,
                        folder.path().resolve("input-" + i)));
            }
            return new Alternation.Work() {
                @Override
                public long run() {
                    PlainFile.copy(inputs, folder.path().resolve("copy"));
                    return rows.bytes();
                }

                @Override
                public void finish() {
                    folder.close();
                }
            };
        };
    }
}
