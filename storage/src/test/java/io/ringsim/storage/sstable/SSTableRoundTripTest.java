package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.Unfiltered;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SSTableRoundTripTest {
    private static final int SEEDS = 400;

    static SSTableReader write(SimulatedDisk disk, RandomPartitions source, List<Partition> partitions)
            throws IOException {
        try (var writer = SSTableWriter.create(disk, "data", new SSTableId(1), source.table, partitions.size())) {
            for (var partition : partitions) {
                assertThat(writer.append(partition.read(source.table))).isTrue();
            }
            return writer.finish(SSTableOrigin.NONE);
        }
    }

    static List<Unfiltered> drain(UnfilteredRows rows) {
        var all = new ArrayList<Unfiltered>();
        rows.forEachRemaining(all::add);
        return all;
    }

    private static void assertSame(UnfilteredRows actual, UnfilteredRows expected, String about) {
        assertThat(actual.key()).as(about).isEqualTo(expected.key());
        assertThat(actual.deletion()).as(about).isEqualTo(expected.deletion());
        assertThat(actual.staticRow()).as(about).isEqualTo(expected.staticRow());
        assertThat(actual.isReversed()).as(about).isEqualTo(expected.isReversed());
        assertThat(drain(actual)).as(about).isEqualTo(drain(expected));
    }

    @Test
    void readsEverySliceAsItWasInMemory() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chance = Randomness.of(seed).fork("round trip");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(chance.nextInt(10) == 0 ? 400 : 12);
            var reader = write(SimulatedDisk.empty(), source, partitions);

            for (var partition : partitions) {
                var key = partition.key();
                assertThat(reader.mayContain(key)).isTrue();
                var entry = reader.locate(key).orElseThrow();
                for (int i = 0; i < 6; i++) {
                    var slices = source.slices();
                    boolean reversed = chance.nextBoolean();
                    var about = "seed " + seed + " key " + key + " slices " + slices + " reversed " + reversed + " of "
                            + partition;
                    assertSame(
                            reader.read(entry, key, slices, reversed),
                            expected(partition, slices, reversed, source),
                            about);
                }
            }
            reader.release();
        }
    }

    private static UnfilteredRows expected(
            Partition partition, List<Slice> slices, boolean reversed, RandomPartitions source) {
        var parts = new ArrayList<UnfilteredRows>();
        for (var slice : slices) {
            parts.add(reversed ? 0 : parts.size(), partition.read(slice, reversed, source.table));
        }
        return UnfilteredRows.concat(parts);
    }

    @Test
    void scansRangesInOrderWhetherPartitionsAreReadOrSkipped() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chance = Randomness.of(seed).fork("scan");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(chance.nextInt(10) == 0 ? 600 : 40);
            var reader = write(SimulatedDisk.empty(), source, partitions);
            var ranges = ranges(chance, partitions);

            var wanted = partitions.stream()
                    .filter(partition -> ranges.isEmpty()
                            || ranges.stream()
                                    .anyMatch(range ->
                                            range.contains(partition.key().token())))
                    .toList();
            var scanner = reader.scan(ranges);
            for (var partition : wanted) {
                var about = "seed " + seed + " ranges " + ranges + " " + partition;
                assertThat(scanner.hasNext()).as(about).isTrue();
                var rows = scanner.next();
                switch (chance.nextInt(3)) {
                    case 0 -> assertThat(rows.key()).as(about).isEqualTo(partition.key());
                    case 1 -> assertThat(rows.isEmpty()).as(about).isFalse();
                    default -> assertSame(rows, partition.read(source.table), about);
                }
            }
            assertThat(scanner.hasNext()).isFalse();
            long inSections = 0;
            for (var section : reader.sections(ranges)) {
                inSections += section.partitions();
            }
            assertThat(inSections).isEqualTo(ranges.isEmpty() ? 0 : wanted.size());
            reader.release();
        }
    }

    private static List<TokenRange> ranges(Randomness chance, List<Partition> partitions) {
        var ranges = new ArrayList<TokenRange>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            var left = chance.pick(partitions).key().token();
            var right = chance.pick(partitions).key().token();
            ranges.add(new TokenRange(
                    chance.nextInt(6) == 0 ? left.minimum() : left, chance.nextInt(6) == 0 ? left.minimum() : right));
        }
        return TokenRange.normalise(ranges);
    }

    @Test
    void findsNoKeyThatIsNotThere() throws IOException {
        var chance = Randomness.of(5);
        var source = new RandomPartitions(chance);
        var partitions = source.partitions(500);
        var reader = write(SimulatedDisk.empty(), source, partitions);

        int maybe = 0;
        for (int i = 0; i < 10_000; i++) {
            var key = Key.of(source.partitioner, Bytes.utf8("absent" + i));
            maybe += reader.mayContain(key) ? 1 : 0;
            assertThat(reader.locate(key)).isEmpty();
        }
        assertThat(maybe).isLessThan(200);
    }

    @Test
    void knowsWhatItHoldsAsAWhole() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            var chance = Randomness.of(seed).fork("statistics");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(30);
            var disk = SimulatedDisk.empty();
            var reader = write(disk, source, partitions);
            var stats = reader.stats();

            assertThat(stats.partitions()).isEqualTo(partitions.size());
            assertThat(reader.first()).isEqualTo(partitions.get(0).key());
            assertThat(reader.last())
                    .isEqualTo(partitions.get(partitions.size() - 1).key());
            long rows = 0;
            long cells = 0;
            for (var partition : partitions) {
                rows += partition.rowCount();
                cells += partition.staticRow().size();
                for (var row : partition.rows()) {
                    cells += row.size();
                    assertThat(Position.of(row.clustering()).compareTo(stats.lowest(), source.table.comparator()))
                            .isNotNegative();
                    for (var cell : row.cells()) {
                        assertThat(cell.timestamp()).isBetween(stats.minTimestamp(), stats.maxTimestamp());
                        assertThat(cell.localDeletionTime())
                                .isBetween(stats.minLocalDeletionTime(), stats.maxLocalDeletionTime());
                    }
                }
            }
            assertThat(stats.rows()).isEqualTo(rows);
            assertThat(stats.cells()).isEqualTo(cells);
            assertThat(stats.deletionTimes().before(Long.MIN_VALUE)).isZero();
            long files = 0;
            for (var component : reader.components()) {
                files += SSTableFaultsTest.content(disk, reader.path(component)).length;
            }
            assertThat(reader.onDiskBytes()).isEqualTo(files);
            reader.release();
        }
    }

    @Test
    void refusesKeysAndRowsThatAreNotInOrder() throws IOException {
        var source = new RandomPartitions(Randomness.of(1));
        var partitions = source.partitions(40);
        var disk = SimulatedDisk.empty();
        try (var writer = SSTableWriter.create(disk, "data", new SSTableId(1), source.table, 10)) {
            writer.append(partitions.get(1).read(source.table));

            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.append(partitions.get(0).read(source.table)))
                    .withMessageContaining("comes after");
        }
        assertThat(disk.list("data")).isEmpty();
    }

    @Test
    void writesNothingForAnEmptyPartition() throws IOException {
        var source = new RandomPartitions(Randomness.of(1));
        var partition = source.partitions(1).get(0);
        var disk = SimulatedDisk.empty();
        try (var writer = SSTableWriter.create(disk, "data", new SSTableId(1), source.table, 10)) {
            assertThat(writer.append(UnfilteredRows.empty(partition.key(), false)))
                    .isFalse();
            assertThat(writer.append(new UnfilteredRows(
                            partition.key(),
                            Deletion.LIVE,
                            Row.empty(Bytes.EMPTY),
                            false,
                            List.of(Row.empty(Bytes.ofLong(1))).iterator())))
                    .isFalse();

            assertThat(writer.position()).isZero();
            assertThat(writer.append(partition.read(source.table))).isTrue();
        }
    }

    @Test
    void givesTheSameBytesForTheSameContent() throws IOException {
        var source = new RandomPartitions(Randomness.of(3));
        var partitions = source.partitions(100);
        var disk = SimulatedDisk.empty();
        var otherDisk = SimulatedDisk.empty();
        var one = write(disk, source, partitions);
        write(otherDisk, source, partitions);

        for (var component : one.components()) {
            assertThat(SSTableFaultsTest.content(disk, one.path(component)))
                    .isEqualTo(SSTableFaultsTest.content(otherDisk, one.path(component)));
        }
    }
}
