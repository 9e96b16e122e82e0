package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringsim.data.Bytes;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Partition;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of sections become index and filter, whoever works them in; those that cannot be right do not. */
class ArrivingKeysTest {
    private static final int PIECE = 10_000;

    private final RandomPartitions source = new RandomPartitions(
            Randomness.of(3),
            TableMetadata.standard(RandomPartitions.TABLE, ComparatorType.BYTES)
                    .with(RandomPartitions.options(Compression.NONE, 1024, 0.01, 2000)),
            Partitioner.MURMUR3);

    private SSTableReader written(int partitions) throws IOException {
        return SSTableRoundTripTest.write(SimulatedDisk.empty(), source, source.partitions(partitions));
    }

    private static ByteBuffer content(SSTableReader reader) throws IOException {
        var minimum = Partitioner.MURMUR3.minimum();
        var content = reader.source(reader.sections(List.of(new TokenRange(minimum, minimum))));
        return ByteBuffer.wrap(content.read(0, (int) content.length()).toArray());
    }

    private static void appendTo(ContentReceiver receiver, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            int some = Math.min(PIECE, content.remaining());
            receiver.append(content.slice(content.position(), some));
            content.position(content.position() + some);
        }
    }

    private static List<Partition> all(SSTableReader reader) throws IOException {
        var all = new ArrayList<Partition>();
        reader.scan(List.of()).forEachRemaining(rows -> all.add(Partition.of(rows)));
        return all;
    }

    @Test
    void keysOfManyRunsAreAllThereWhenThreadsOfOthersWorkThemIn(@TempDir Path folder) throws IOException {
        var reader = written(3_000);
        var disk = RealDisk.at(folder);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var options = new SSTableWriter.Options(threads::execute, true);
            for (int round = 0; round < 5; round++) {
                var id = new SSTableId(round);
                try (var receiver =
                        ContentReceiver.create(disk, "data", id, source.table, Partitioner.MURMUR3, options)) {
                    appendTo(receiver, content(reader));
                    assertThat(all(receiver.finish())).isEqualTo(all(reader));
                    assertThat(SSTableVerifier.verify(disk, "data", id)).isEmpty();
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatIsGivenUpWhileOthersWorkItInLeavesNoFile(@TempDir Path folder) throws IOException {
        var content = content(written(3_000));
        var disk = RealDisk.at(folder);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var options = new SSTableWriter.Options(threads::execute, true);
            for (int round = 1; round <= 20; round++) {
                try (var receiver = ContentReceiver.create(
                        disk, "data", new SSTableId(round), source.table, Partitioner.MURMUR3, options)) {
                    appendTo(receiver, content.slice(0, content.capacity() / 20 * round));
                }
                assertThat(disk.list("data")).isEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void keysOutOfOrderMakeNoSSTable() throws IOException {
        refuses(entries -> Collections.swap(entries, 3, 4), "comes after");
    }

    @Test
    void aPartitionOfAnotherSizeMakesNoSSTable() throws IOException {
        refuses(entries -> entries.set(3, larger(entries.get(3))), "should be");
    }

    @Test
    void aKeyTooFewMakesNoSSTable() throws IOException {
        refuses(entries -> entries.remove(3), "should be");
    }

    private record Entry(Bytes key, long size, ByteBuffer columns) {}

    private static Entry larger(Entry entry) {
        return new Entry(entry.key(), entry.size() + 1, entry.columns());
    }

    /** The sender's frames are whole; what they say is not so. */
    private void refuses(Consumer<List<Entry>> lie, String why) throws IOException {
        var content = content(written(10));
        var there = SimulatedDisk.empty();
        assertThatExceptionOfType(CorruptFile.class)
                .isThrownBy(() -> {
                    try (var receiver = ContentReceiver.create(
                            there,
                            "data",
                            new SSTableId(1),
                            source.table,
                            Partitioner.MURMUR3,
                            SSTableWriter.Options.DEFAULT)) {
                        appendTo(receiver, withEntries(content, lie));
                        receiver.finish();
                    }
                })
                .withMessageContaining(why);
        assertThat(there.list("data")).isEmpty();
    }

    private static ByteBuffer withEntries(ByteBuffer content, Consumer<List<Entry>> lie) throws IOException, Malformed {
        int head = content.getInt(0) + SectionFormat.FRAME;
        int chunks = head + content.getInt(head) + SectionFormat.FRAME;
        var body = content.slice(head + Integer.BYTES, content.getInt(head));
        var known = SectionFormat.readChunks(body, 1024);
        var entries = new ArrayList<Entry>();
        SectionFormat.readEntries(body, (key, size, columns) -> entries.add(new Entry(key, size, columns)));
        lie.accept(entries);
        long bytes = entries.stream()
                .mapToLong(entry -> SectionFormat.size(entry.key(), entry.size(), entry.columns()))
                .sum();
        var told = SectionFormat.writeHead(
                known,
                new SectionFormat.Entries(entries.size(), bytes),
                to -> entries.forEach(entry -> SectionFormat.putEntry(to, entry.key(), entry.size(), entry.columns())));
        return ByteBuffer.allocate(head + told.remaining() + content.capacity() - chunks)
                .put(content.slice(0, head))
                .put(told)
                .put(content.slice(chunks, content.capacity() - chunks))
                .flip();
    }
}
