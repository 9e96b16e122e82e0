package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Bytes;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.data.Unfiltered;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SSTableFaultsTest {
    private static final SSTableId ID = new SSTableId(1);

    /** A small SSTable: some narrow partitions, one wide one, chunks of 1 KiB. */
    private static RandomPartitions source(long seed, Compression compression) {
        var options = RandomPartitions.options(compression, 1024, 0.01, 200);
        var table = TableMetadata.standard(RandomPartitions.TABLE, ComparatorType.LONG)
                .with(options);
        return new RandomPartitions(Randomness.of(seed), table, Partitioner.MURMUR3);
    }

    /** Some 3 KiB, at least one partition of several blocks. */
    private static List<Partition> partitions(RandomPartitions source) {
        while (true) {
            var partitions = source.partitions(8);
            long size = 0;
            long largest = 0;
            for (var partition : partitions) {
                size += partition.dataSize();
                largest = Math.max(largest, partition.dataSize());
            }
            if (largest > 1000 && size > 2500 && size < 3500) {
                return partitions;
            }
        }
    }

    static byte[] content(Disk disk, String path) throws IOException {
        try (var file = disk.openRead(path)) {
            var content = ByteBuffer.allocate((int) file.size());
            file.readFully(content, 0);
            return content.array();
        }
    }

    private static void replace(Disk disk, String path, byte[] content) throws IOException {
        disk.delete(path);
        try (var file = disk.create(path)) {
            file.write(ByteBuffer.wrap(content), 0);
        }
    }

    /** All that reads of an SSTable answer. */
    private static List<Object> answers(Disk disk, RandomPartitions source, List<Partition> partitions)
            throws IOException {
        var answers = new ArrayList<Object>();
        var reader = SSTableReader.open(disk, "data", ID, source.table, source.partitioner);
        try {
            var scanner = reader.scan(List.of());
            while (scanner.hasNext()) {
                answers.add(Partition.of(scanner.next()));
            }
            for (var partition : partitions) {
                boolean maybe = reader.mayContain(partition.key());
                answers.add(maybe);
                var entry = reader.locate(partition.key()).orElseThrow(() -> new AssertionError("no key"));
                for (var slice : List.of(Slice.ALL, Slice.of(Bytes.ofLong(3)))) {
                    var rows = reader.read(entry, partition.key(), List.of(slice), true);
                    answers.add(rows.deletion());
                    answers.add(rows.staticRow());
                    List<Unfiltered> content = SSTableRoundTripTest.drain(rows);
                    answers.add(content);
                }
            }
            answers.add(reader.locate(Key.of(source.partitioner, Bytes.utf8("absent"))));
            return answers;
        } finally {
            reader.release();
        }
    }

    /** Whether reading is refused as corrupt, or else answers the same as ever. */
    private static boolean isRefused(
            Disk disk, RandomPartitions source, List<Partition> partitions, List<Object> expected, String about)
            throws IOException {
        try {
            assertThat(answers(disk, source, partitions)).as(about).isEqualTo(expected);
            return false;
        } catch (CorruptFile corrupt) {
            assertThat(corrupt).as(about).hasMessageContaining(corrupt.path());
            return true;
        } catch (UncheckedIOException failed) {
            assertThat(failed.getCause()).as(about).isInstanceOf(CorruptFile.class);
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void detectsEveryFlippedByte(Compression compression) throws IOException {
        var source = source(4, compression);
        var partitions = partitions(source);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions);
        var expected = answers(disk, source, partitions);
        assertThat(SSTableVerifier.verify(disk, "data", ID)).isEmpty();
        assertThat(reader.stats().dataFileSize()).isGreaterThan(1500);

        for (var component : reader.components()) {
            var path = reader.path(component);
            int size = content(disk, path).length;
            for (int offset = 0; offset < size; offset++) {
                int bit = offset % Byte.SIZE;
                var about = path + " " + offset + " bit " + bit;
                disk.flip(path, offset, bit);

                boolean refused = isRefused(disk, source, partitions, expected, about);
                var problems = SSTableVerifier.verify(disk, "data", ID);

                assertThat(problems).as(about).isNotEmpty();
                assertThat(problems.get(0).message())
                        .as(about)
                        .contains(problems.get(0).file());
                // Reads use every byte but those of the digest.
                assertThat(refused).as(about).isEqualTo(component != Component.DIGEST);
                disk.flip(path, offset, bit);
            }
        }
    }

    @Test
    void detectsEveryTruncation() throws IOException {
        var source = source(5, Compression.LZ4);
        var partitions = partitions(source);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions);
        var expected = answers(disk, source, partitions);

        for (var component : reader.components()) {
            var path = reader.path(component);
            var whole = content(disk, path);
            for (int length = 0; length < whole.length; length++) {
                replace(disk, path, Arrays.copyOf(whole, length));
                var about = path + " cut to " + length;

                boolean refused = isRefused(disk, source, partitions, expected, about);

                assertThat(refused).as(about).isEqualTo(component != Component.DIGEST);
                assertThat(SSTableVerifier.verify(disk, "data", ID)).as(about).isNotEmpty();
            }
            replace(disk, path, Arrays.copyOf(whole, whole.length + 1));
            assertThat(SSTableVerifier.verify(disk, "data", ID)).isNotEmpty();
            replace(disk, path, whole);
        }
    }

    @Test
    void refusesComponentsOfAnotherSSTable() throws IOException {
        var source = source(6, Compression.LZ4);
        var partitions = partitions(source);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions);
        var expected = answers(disk, source, partitions);
        var otherDisk = SimulatedDisk.empty();
        var otherSource = source(7, Compression.LZ4);
        SSTableRoundTripTest.write(otherDisk, otherSource, partitions(otherSource));

        for (var component : reader.components()) {
            var path = reader.path(component);
            var whole = content(disk, path);
            for (var other : reader.components()) {
                var about = path + " in place of " + other;
                replace(disk, path, content(otherDisk, reader.path(other)));
                boolean same = component == Component.TOC && other == Component.TOC;

                boolean refused = isRefused(disk, source, partitions, expected, about);

                assertThat(refused).as(about).isEqualTo(component != Component.DIGEST && !same);
                assertThat(SSTableVerifier.verify(disk, "data", ID).isEmpty())
                        .as(about)
                        .isEqualTo(same);
            }
            replace(disk, path, whole);
        }
    }

    @Test
    void refusesOtherVersionsTablesAndPartitioners() throws IOException {
        var source = source(8, Compression.NONE);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions(source));
        var table = source.table;

        assertThatThrownBy(() -> SSTableReader.open(disk, "data", ID, table, Partitioner.RANDOM))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("in the order of Murmur3Partitioner, not RandomPartitioner");
        var other = TableMetadata.standard(new TableId("shop", "carts"), ComparatorType.LONG);
        assertThatThrownBy(() -> SSTableReader.open(disk, "data", ID, other, source.partitioner))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("it belongs to table shop.orders, not shop.carts");
        var reordered = TableMetadata.standard(table.id(), ComparatorType.BYTES);
        assertThatThrownBy(() -> SSTableReader.open(disk, "data", ID, reordered, source.partitioner))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("ordered by LongType, not BytesType");

        var path = reader.path(Component.STATISTICS);
        var changed = content(disk, path);
        changed[5] = 's';
        replace(disk, path, changed);
        assertThatThrownBy(() -> SSTableReader.open(disk, "data", ID, table, source.partitioner))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("its format is version 'ss', this program reads 'rs'");
    }

    @Test
    void anAbortedWriterLeavesNothing() throws IOException {
        var source = source(9, Compression.LZ4);
        var disk = SimulatedDisk.empty();
        try (var writer = SSTableWriter.create(disk, "data", ID, source.table, 10)) {
            for (var partition : partitions(source)) {
                writer.append(partition.read(source.table));
            }
            assertThat(disk.list("data")).isNotEmpty();
        }
        assertThat(disk.list("data")).isEmpty();
    }

    @Test
    void aFullDiskLeavesNothing() throws IOException {
        var source = source(9, Compression.LZ4);
        var partitions = partitions(source);
        long operations = operations(source, partitions);
        for (long at = 1; at <= operations; at++) {
            var disk = SimulatedDisk.empty();
            disk.faults().noSpaceFrom(at);
            try {
                SSTableRoundTripTest.write(disk, source, partitions);
            } catch (IOException full) {
                assertThat(disk.list("data")).as("full at " + at).isEmpty();
            }
        }
    }

    private static long operations(RandomPartitions source, List<Partition> partitions) throws IOException {
        var disk = SimulatedDisk.empty();
        SSTableRoundTripTest.write(disk, source, partitions);
        return disk.operations();
    }

    @Test
    void aCrashAtAnyOperationLeavesAWholeSSTableOrNone() throws IOException {
        var source = source(10, Compression.LZ4);
        var partitions = partitions(source);
        long operations = operations(source, partitions);
        int whole = 0;
        for (long at = 1; at <= operations; at++) {
            for (int seed = 0; seed < 10; seed++) {
                var disk = SimulatedDisk.empty();
                disk.faults().failAt(at);
                boolean finished = false;
                try {
                    SSTableRoundTripTest.write(disk, source, partitions);
                    finished = true;
                } catch (IOException lost) {
                    assertThat(lost).isNotNull();
                }
                var after = disk.crash(Randomness.of(seed).fork("crash at " + at));
                SSTableFiles.cleanTemporary(after, "data");

                var complete = SSTableFiles.list(after, "data");

                if (finished) {
                    assertThat(complete).containsExactly(ID);
                }
                if (complete.isEmpty()) {
                    assertThat(after.list("data")).as("crash at " + at).isEmpty();
                } else {
                    assertThat(SSTableVerifier.verify(after, "data", ID)).isEmpty();
                    assertThat(answers(after, source, partitions)).hasSizeGreaterThan(partitions.size());
                    whole++;
                }
            }
        }
        assertThat(whole).isPositive();
    }

    @Test
    void aCrashWhileItIsDeletedLeavesAWholeSSTableOrNone() throws IOException {
        var source = source(11, Compression.LZ4);
        var partitions = partitions(source);
        long before = operations(source, partitions);
        for (long at = before; at <= before + 20; at++) {
            for (int seed = 0; seed < 10; seed++) {
                var disk = SimulatedDisk.empty();
                var reader = SSTableRoundTripTest.write(disk, source, partitions);
                reader.markObsolete();
                disk.faults().failAt(at);
                try {
                    reader.release();
                } catch (UncheckedIOException lost) {
                    assertThat(lost).isNotNull();
                }
                var after = disk.crash(Randomness.of(seed).fork("crash at " + at));
                SSTableFiles.cleanTemporary(after, "data");

                if (SSTableFiles.list(after, "data").isEmpty()) {
                    assertThat(after.list("data")).isEmpty();
                } else {
                    assertThat(SSTableVerifier.verify(after, "data", ID)).isEmpty();
                }
            }
        }
    }

    @Test
    void filesGoWithTheLastReferenceToAnObsoleteSSTable() throws IOException {
        var source = source(12, Compression.LZ4);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions(source));

        assertThat(reader.tryAcquire()).isTrue();
        reader.markObsolete();
        reader.release();
        assertThat(disk.list("data")).hasSize(reader.components().size());
        assertThat(reader.scan(List.of()).hasNext()).isTrue();

        reader.release();
        assertThat(disk.list("data")).isEmpty();
        assertThat(reader.tryAcquire()).isFalse();
        assertThatThrownBy(reader::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void filesOfAnSSTableThatIsNotObsoleteStay() throws IOException {
        var source = source(12, Compression.LZ4);
        var disk = SimulatedDisk.empty();
        var reader = SSTableRoundTripTest.write(disk, source, partitions(source));

        reader.release();

        assertThat(disk.list("data")).hasSize(reader.components().size());
        assertThat(SSTableFiles.list(disk, "data")).containsExactly(ID);
    }
}
