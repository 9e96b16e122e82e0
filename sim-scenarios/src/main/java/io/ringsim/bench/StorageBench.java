package io.ringsim.bench;

import io.ringsim.bench.Alternation.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts, reads and what goes on behind them, against RocksDB and against the bare disk. */
public final class StorageBench implements Bench {
    private static final int ROUNDS = 6;
    private static final int WARMING = 2;
    /** More than any case writes. */
    private static final long MEMORY = 256 << 20;

    private static final String ROCKSDB = "RocksDB";
    private static final String MIB_PER_SECOND = "MiB/s";

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public String description() {
        return "puts, log, flush, compaction and reads, against RocksDB and the bare disk";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var results = new ArrayList<BenchResult>();
        if (RocksPeer.isThere()) {
            progress.accept("durable puts by 1, 2 and 16 callers");
            results.add(put("put-durable-1/rocksdb", new PutCase(SampleRows.of(500, 1), 1, true)));
            results.add(put("put-durable-2/rocksdb", new PutCase(SampleRows.of(1_000, 1), 2, true)));
            results.add(put("put-durable-16/rocksdb", new PutCase(SampleRows.of(8_000, 1), 16, true)));
            progress.accept("puts by 2 callers without sync");
            results.add(put("put-unsynced-2/rocksdb", new PutCase(SampleRows.of(100_000, 1), 2, false)));
        } else {
            progress.accept(
                    "no comparison with RocksDB, for org.rocksdb:rocksdbjni is not on the class path: start this"
                            + " with ./ringsim, which gets it with Maven, or add the jar to the class path");
        }
        progress.accept("durable puts by 1 caller, and the least that each takes");
        var alone = new PutCase(SampleRows.of(500, 1), 1, true);
        var each = measure(alone.ours(), alone.bare());
        results.add(new BenchResult(
                "put-durable-1/bare",
                "rows/s",
                each.ours(),
                each.reference(),
                "a bare write and fdatasync for each",
                true,
                BenchResult.By.BEST));
        log(progress, results);
        sstables(progress, results);
        if (RocksPeer.isThere()) {
            progress.accept("reads of one row");
            results.add(read("read-4k/rocksdb", 4 << 10));
            results.add(read("read-16k/rocksdb", 16 << 10));
        }
        results.add(memory());
        return results;
    }

    private static BenchResult put(String name, PutCase puts) {
        var measured = measure(puts.ours(), puts.rocks());
        return new BenchResult(
                name, "rows/s", measured.ours(), measured.reference(), ROCKSDB, true, BenchResult.By.BEST);
    }

    private static BenchResult read(String name, int blockBytes) {
        try (var reads = new ReadCase(SampleRows.of(100_000, 1), 100_000, blockBytes)) {
            var measured = measure(reads.ours(), reads.rocks());
            return new BenchResult(
                    name, "reads/s", measured.ours(), measured.reference(), ROCKSDB + ", files mapped", true);
        }
    }

    private static void log(Consumer<String> progress, List<BenchResult> results) {
        progress.accept("the commit log");
        var log = LogCase.of(SampleRows.of(100_000, 1));
        results.add(bytes("log/append", log::append, log::bareAppend, "a bare file append with CRC32C"));
        try (var written = log.written()) {
            results.add(bytes(
                    "replay",
                    () -> log.replay(written),
                    () -> log.bareRead(written),
                    "a bare read of the same files with CRC32C"));
        }
    }

    private static void sstables(Consumer<String> progress, List<BenchResult> results) {
        progress.accept("flush and compaction");
        var tables = new SSTableCase(SampleRows.of(100_000, 1));
        var plain = "a plain write of the same rows with LZ4, CRC32C and fsync";
        results.add(bytes("flush/write", tables::flush, tables::plainWrite, plain));
        results.add(bytes("compact/write", tables::compact, tables::plainWrite, plain));
        results.add(bytes(
                "compact/copy",
                tables::compact,
                tables::plainCopy,
                "the same with the rows read, checked and decompressed from four such files"));
    }

    private static BenchResult bytes(
            String name, Supplier<Alternation.Load> ours, Supplier<Alternation.Load> reference, String referenceName) {
        var measured = measure(ours.get(), reference.get());
        return new BenchResult(
                name,
                MIB_PER_SECOND,
                measured.ours().times(1.0 / (1 << 20)),
                measured.reference().times(1.0 / (1 << 20)),
                referenceName,
                true,
                BenchResult.By.BEST);
    }

    private static Alternation measure(Alternation.Load ours, Alternation.Load reference) {
        return Alternation.of(WARMING, ROUNDS, Timer.WALL, collected(ours), collected(reference));
    }

    /** With the collector's work on what was set up done before it is measured, and memory for what it writes. */
    static Alternation.Load collected(Alternation.Load load) {
        return PageCache.warm(MEMORY, () -> {
            var work = load.prepare();
            System.gc();
            return work;
        });
    }

    private static BenchResult memory() {
        var rows = SampleRows.of(1, 1);
        return new BenchResult(
                "memory-per-million-rows",
                "bytes",
                new MemtableMemory(100_000).perMillion(ROUNDS),
                Figures.exactly(rows.bytes() * 1e6),
                "their keys and values",
                false);
    }
}
