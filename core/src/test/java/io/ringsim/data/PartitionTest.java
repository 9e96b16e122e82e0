package io.ringsim.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final TableMetadata TABLE = TableMetadata.standard(new TableId("shop", "orders"));
    private static final Key KEY = RandomPartitions.key(1);
    private static final int SEEDS = 500;

    @Test
    void theOrderOfMergingDoesNotMatter() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new RandomPartitions(Randomness.of(seed), TABLE, 8);
            var a = random.next(KEY);
            var b = random.next(KEY);
            var c = random.next(KEY);

            assertThat(shown(a.merge(b, TABLE))).as("seed %d", seed).isEqualTo(shown(b.merge(a, TABLE)));
            assertThat(shown(a.merge(b, TABLE).merge(c, TABLE)))
                    .as("seed %d", seed)
                    .isEqualTo(shown(a.merge(b.merge(c, TABLE), TABLE)));
            assertThat(a.merge(a, TABLE)).as("seed %d", seed).isEqualTo(a);
            assertThat(a.merge(b, TABLE).dataSize())
                    .as("seed %d", seed)
                    .isEqualTo(Partition.of(a.merge(b, TABLE).read(TABLE)).dataSize());
        }
    }

    @Test
    void streamsMergeToWhatTheirPartitionsMergeTo() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new RandomPartitions(Randomness.of(seed), TABLE, 8);
            var parts = List.of(random.next(KEY), random.next(KEY), random.next(KEY));

            var merged = parts.get(0).merge(parts.get(1), TABLE).merge(parts.get(2), TABLE);
            var streamed = Partition.of(UnfilteredRows.merge(
                    parts.stream().map(part -> part.read(TABLE)).toList(), TABLE));

            assertThat(streamed).as("seed %d", seed).isEqualTo(shown(merged));
        }
    }

    @Test
    void aReversedMergeIsTheMergeReversed() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new RandomPartitions(Randomness.of(seed), TABLE, 8);
            var parts = List.of(random.next(KEY), random.next(KEY), random.next(KEY));
            var slice = random.slice();

            assertThat(read(parts, slice, true)).as("seed %d", seed).isEqualTo(reversed(read(parts, slice, false)));
        }
    }

    @Test
    void aSliceHoldsWhatTheWholeHoldsThere() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new RandomPartitions(Randomness.of(seed), TABLE, 8);
            var whole = shown(random.next(KEY));
            var slice = random.slice();

            var sliced = Partition.of(whole.read(slice, false, TABLE));

            for (int name = 0; name < 8; name++) {
                var clustering = Bytes.utf8("%05d".formatted(name));
                var position = Position.of(clustering);
                boolean inside = slice.from().compareTo(position, TABLE.comparator()) < 0
                        && position.compareTo(slice.to(), TABLE.comparator()) < 0;
                assertThat(sliced.row(clustering, TABLE.comparator()))
                        .isEqualTo(inside ? whole.row(clustering, TABLE.comparator()) : Optional.empty());
                assertThat(sliced.covering(clustering, TABLE.comparator()))
                        .isEqualTo(inside ? whole.covering(clustering, TABLE.comparator()) : whole.deletion());
            }
        }
    }

    @Test
    void aPartitionOfManyRowsStaysInOrderHoweverTheyCome() {
        for (int seed = 0; seed < 20; seed++) {
            var names = new ArrayList<Integer>();
            for (int i = 0; i < 3_000; i++) {
                names.add(i);
            }
            Randomness.of(seed).shuffle(names);
            var partition = Partition.empty(KEY);

            for (int name : seed == 0 ? names.stream().sorted().toList() : names) {
                partition = partition.merge(Partition.of(KEY, row(name)), TABLE);
            }

            assertThat(partition.rowCount()).isEqualTo(3_000);
            for (int i = 0; i < 3_000; i++) {
                assertThat(partition.row(i)).isEqualTo(row(i));
                assertThat(partition.row(row(i).clustering(), TABLE.comparator()))
                        .isPresent();
            }
        }
    }

    @Test
    void purgingForgetsOnlyWhatIsOldEnoughAndCoversNothingElsewhere() {
        var cell = Cell.tombstone(Bytes.utf8("c"), 10, 1_000);
        var partition = Partition.of(KEY, Row.of(Bytes.utf8("r"), cell));

        assertThat(purged(partition, new Purge(2_000, 1_001, Long.MAX_VALUE)).isEmpty())
                .isTrue();
        assertThat(purged(partition, new Purge(2_000, 1_000, Long.MAX_VALUE))).isEqualTo(partition);
        assertThat(purged(partition, new Purge(2_000, 1_001, 10))).isEqualTo(partition);
        assertThat(purged(partition, new Purge(2_000, 1_001, 11)).isEmpty()).isTrue();
    }

    @Test
    void whatExpiredIsATombstoneOfTheTimeItWasWritten() {
        var cell = Cell.expiring(Bytes.utf8("c"), 10, 60, 1_000, Bytes.utf8("v"));
        var partition = Partition.of(KEY, Row.of(Bytes.utf8("r"), cell));

        assertThat(purged(partition, Purge.nothing(1_059))).isEqualTo(partition);
        assertThat(purged(partition, Purge.nothing(1_060)).row(0).cell(0))
                .isEqualTo(Cell.tombstone(Bytes.utf8("c"), 10, 1_000));
        assertThat(purged(partition, new Purge(1_060, 1_001, Long.MAX_VALUE)).isEmpty())
                .isTrue();
    }

    private static Partition purged(Partition partition, Purge purge) {
        return Partition.of(partition.read(TABLE).purge(purge));
    }

    private static Row row(int name) {
        return Row.of(Bytes.utf8("%05d".formatted(name)), Cell.live(Bytes.utf8("c"), name, Bytes.ofLong(name)));
    }

    /** As a reader sees it: without what is covered. */
    private static Partition shown(Partition partition) {
        return Partition.of(UnfilteredRows.merge(
                List.of(partition.read(TABLE), Partition.empty(KEY).read(TABLE)), TABLE));
    }

    private static List<Unfiltered> read(List<Partition> parts, Slice slice, boolean reversed) {
        var merged = UnfilteredRows.merge(
                parts.stream().map(part -> part.read(slice, reversed, TABLE)).toList(), TABLE);
        var all = new ArrayList<Unfiltered>();
        merged.forEachRemaining(all::add);
        return all;
    }

    private static List<Unfiltered> reversed(List<Unfiltered> list) {
        var copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }
}
