package io.ringsim.bench;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.table.ReadTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/** Point reads of rows that are in one SSTable and in the page cache, by one caller, any key as likely as any other. */
final class ReadCase implements AutoCloseable {
    private static final long PEER_MEMTABLE = 1L << 30;

    private final SampleRows rows;
    private final int reads;
    private final RealEngine engine;
    private final RocksPeer peer;
    private int round;

    ReadCase(SampleRows rows, int reads, int blockBytes) {
        this.rows = rows;
        this.reads = reads;
        var options = SampleRows.TABLE.options().withCompression(Compression.LZ4, blockBytes);
        this.engine = RealEngine.open(SSTableCase.BY_HAND, SampleRows.TABLE.with(options));
        engine.put(rows, 0, rows.count());
        engine.flush();
        this.peer = RocksPeer.open(blockBytes, PEER_MEMTABLE, false);
        try {
            for (int i = 0; i < rows.count(); i++) {
                peer.put(rows, i);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        peer.flush();
    }

    private interface Read {
        int length(int index) throws IOException;
    }

    Alternation.Load ours() {
        var table = engine.table();
        return load(index -> table.read(rows.query(index), ReadTrace.NONE)
                .row(0)
                .cell(0)
                .value()
                .size());
    }

    Alternation.Load rocks() {
        return load(index -> peer.get(rows, index));
    }

    private Alternation.Load load(Read read) {
        return () -> {
            var random = new SplittableRandom(round++ / 2);
            return () -> {
                try {
                    for (int i = 0; i < reads; i++) {
                        int index = random.nextInt(rows.count());
                        if (read.length(index) != rows.value(index).length) {
                            throw new IllegalStateException("another value was read than was written");
                        }
                    }
                    return reads;
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            };
        };
    }

    @Override
    public void close() {
        engine.close();
        peer.close();
    }
}
