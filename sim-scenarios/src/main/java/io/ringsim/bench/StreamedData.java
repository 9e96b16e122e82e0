package io.ringsim.bench;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** SSTables of rows of 1 KiB that do not compress, so that what is on the disk is what there is. */
final class StreamedData {
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 1 << 10;
    private static final Bytes NAME = Bytes.utf8("v");

    private StreamedData() {}

    /** Those of a host whose nodes keep them as they are. */
    static StreamingHost.Settings settings() {
        return StreamingHost.Settings.of(
                Quiet.CONFIG,
                List.of(SampleRows.TABLE),
                EngineSettings.defaults().with(PutCase.NO_COMPACTION));
    }

    /** Moves ranges of them from one node to another. */
    static List<Transfer> transfers(String from, String to, List<TokenRange> ranges) {
        return ranges.stream()
                .map(range -> new Transfer(SampleRows.TABLE.id().keyspace(), range, new NodeId(from), new NodeId(to)))
                .toList();
    }

    /** Adds SSTables with about so many bytes each to a store. */
    static void write(StorageEngine engine, int sstables, long bytes) {
        var table = engine.table(SampleRows.TABLE.id());
        int rows = (int) (bytes / (KEY_BYTES + VALUE_BYTES));
        try {
            for (int i = 0; i < sstables; i++) {
                var random = new SplittableRandom(i);
                var keys = IntStream.range(0, rows)
                        .mapToObj(any -> Key.of(Partitioner.MURMUR3, random(random, KEY_BYTES)))
                        .sorted()
                        .toList();
                var written = table.receive(rows);
                for (var key : keys) {
                    var value = random(random, VALUE_BYTES);
                    var partition = Partition.of(key, Row.of(NAME, Cell.live(NAME, 1, value)));
                    written.append(partition.read(SampleRows.TABLE));
                }
                table.ingest(List.of(written.finish(SSTableOrigin.NONE)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Bytes random(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /** The data files of a node. */
    static List<Path> files(Path directory) {
        try (var all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith("Data.db"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
