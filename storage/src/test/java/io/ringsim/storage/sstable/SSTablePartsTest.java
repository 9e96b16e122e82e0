package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.codec.TokenPrefix;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SSTablePartsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01, 0.001})
    void aFilterHasTheShareOfFalsePositivesItWasAskedFor(double chance) {
        for (var partitioner : List.of(Partitioner.MURMUR3, Partitioner.BYTE_ORDERED)) {
            var filter = BloomFilter.sized(20_000, chance);
            for (int i = 0; i < 20_000; i++) {
                filter.add(Key.of(partitioner, Bytes.utf8("user" + i)));
            }

            int falsePositives = 0;
            for (int i = 0; i < 100_000; i++) {
                falsePositives += filter.mayContain(Key.of(partitioner, Bytes.utf8("absent" + i))) ? 1 : 0;
            }

            assertThat(falsePositives).isLessThan((int) (100_000 * chance * 1.4));
            for (int i = 0; i < 20_000; i++) {
                assertThat(filter.mayContain(Key.of(partitioner, Bytes.utf8("user" + i))))
                        .isTrue();
            }
        }
    }

    @Test
    void prefixesOfTokensGrowWithThem() {
        var chance = Randomness.of(1);
        for (var partitioner : List.of(
                Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED)) {
            for (int i = 0; i < 10_000; i++) {
                var left = partitioner.randomToken(chance);
                var right = i % 10 == 0 ? partitioner.minimum() : partitioner.randomToken(chance);
                if (left.compareTo(right) <= 0) {
                    assertThat(TokenPrefix.of(left)).isLessThanOrEqualTo(TokenPrefix.of(right));
                } else {
                    assertThat(TokenPrefix.of(left)).isGreaterThanOrEqualTo(TokenPrefix.of(right));
                }
            }
        }
    }

    @Test
    void deletionTimesCountEachOnceAndNoneTooEarly() throws Exception {
        var chance = Randomness.of(2);
        for (int spread : List.of(50, 5_000, 5_000_000)) {
            var times = new DeletionTimes();
            var all = new ArrayList<Long>();
            for (int i = 0; i < 3_000; i++) {
                long time = 1_700_000_000L + chance.nextInt(spread);
                times.add(time);
                all.add(time);
            }

            assertThat(times.before(Long.MAX_VALUE)).isEqualTo(3_000);
            for (int i = 0; i < 100; i++) {
                long at = 1_700_000_000L + chance.nextInt(spread);
                assertThat(times.before(at))
                        .isLessThanOrEqualTo(
                                all.stream().filter(time -> time < at).count());
            }
            var buffer = ByteBuffer.allocate(times.maxSize());
            times.write(buffer);
            assertThat(DeletionTimes.read(buffer.flip()).before(1_700_000_000L + spread / 2))
                    .isEqualTo(times.before(1_700_000_000L + spread / 2));
        }
    }

    private static TableMetadata table() {
        return TableMetadata.standard(RandomPartitions.TABLE)
                .with(RandomPartitions.options(Compression.NONE, 64 << 10, 0.01, 64 << 10));
    }

    private static void appendMebibytes(SSTableWriter writer, int count) throws IOException {
        var keys = IntStream.range(0, count)
                .mapToObj(i -> Key.of(Partitioner.MURMUR3, Bytes.utf8("k" + i)))
                .sorted()
                .toList();
        var value = Bytes.wrap(new byte[1 << 20]);
        for (var key : keys) {
            writer.append(Partition.of(key, Row.of(Bytes.EMPTY, Cell.live(Bytes.utf8("v"), 1, value)))
                    .read(table()));
        }
    }

    @Test
    void aForceThatFailedEarlyFailsTheWriter() throws IOException {
        var disk = SimulatedDisk.empty();
        var options = new SSTableWriter.Options(
                task -> {
                    disk.faults().failingForces(true);
                    task.run();
                    disk.faults().failingForces(false);
                },
                true);
        try (var writer = SSTableWriter.create(disk, "data", new SSTableId(1), table(), 40, options)) {
            appendMebibytes(writer, 20);

            assertThatIOException()
                    .isThrownBy(() -> writer.finish(SSTableOrigin.NONE))
                    .withMessageContaining("failed to write");
        }
        assertThat(disk.list("data")).isEmpty();
    }

    @Test
    void aLateTaskTouchesNothing() throws IOException {
        var disk = SimulatedDisk.empty();
        var tasks = new ArrayList<Runnable>();
        try (var writer = SSTableWriter.create(
                disk, "data", new SSTableId(1), table(), 40, new SSTableWriter.Options(tasks::add, true))) {
            appendMebibytes(writer, 40);
            writer.finish(SSTableOrigin.NONE).release();
        }
        long operations = disk.operations();

        // two early forces, one call to take chunks, and at the end the forces of all components but one
        assertThat(tasks).hasSize(2 + 1 + 6);
        tasks.forEach(Runnable::run);
        assertThat(disk.operations()).isEqualTo(operations);
    }

    @Test
    void manyThreadsReadARealDiskAtOnce(@TempDir Path folder) throws IOException {
        var readers = new ArrayList<SSTableReader>();
        var contents = new ArrayList<List<Partition>>();
        var disk = RealDisk.at(folder);
        for (int i = 0; i < 6; i++) {
            var source = new RandomPartitions(Randomness.of(i));
            var partitions = source.partitions(100);
            contents.add(partitions);
            try (var writer = SSTableWriter.create(
                    disk,
                    "data",
                    new SSTableId(i),
                    source.table,
                    100,
                    new SSTableWriter.Options(WriteBehind.NONE, false))) {
                for (var partition : partitions) {
                    writer.append(partition.read(source.table));
                }
                readers.add(writer.finish(SSTableOrigin.NONE));
            }
            assertThat(SSTableVerifier.verify(disk, "data", new SSTableId(i))).isEmpty();
        }

        IntStream.range(0, 8).parallel().forEach(thread -> {
            var chance = Randomness.of(thread);
            for (int i = 0; i < 500; i++) {
                int one = chance.nextInt(readers.size());
                int other = chance.nextInt(readers.size());
                var left = chance.pick(contents.get(one));
                var right = chance.pick(contents.get(other));
                try {
                    var leftReader = readers.get(one);
                    var rightReader = readers.get(other);
                    var leftRows = leftReader.read(
                            leftReader.locate(left.key()).orElseThrow(), left.key(), List.of(Slice.ALL), false);
                    var rightRows = rightReader.read(
                            rightReader.locate(right.key()).orElseThrow(), right.key(), List.of(Slice.ALL), true);
                    var expectedLeft = left.read(leftReader.table());
                    var expectedRight = right.read(Slice.ALL, true, rightReader.table());
                    while (leftRows.hasNext() || rightRows.hasNext()) {
                        if (leftRows.hasNext()) {
                            assertThat(leftRows.next()).isEqualTo(expectedLeft.next());
                        }
                        if (rightRows.hasNext()) {
                            assertThat(rightRows.next()).isEqualTo(expectedRight.next());
                        }
                    }
                    assertThat(expectedLeft.hasNext() || expectedRight.hasNext())
                            .isFalse();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
        readers.forEach(SSTableReader::release);
    }
}
