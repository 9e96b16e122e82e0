package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedSSTable;
import io.ringsim.storage.StorageSettings;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes stream sizes to each other while things break. Whatever breaks, each session ends in one outcome at both ends
 * within bounded time, what completed is all there, of what failed no table is half there, and nothing stays open.
 *
 * <p>{@code -Dringsim.seeds=10000} runs more, {@code -Dringsim.seed=N} one. Each failure names its seed.
 */
class RandomFaultsTest {
    private static final int SSTABLES = 3;

    static LongStream seeds() {
        return Seeds.of(250);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySessionEndsInOneOutcomeAndNothingIsHalfDone(long seed) {
        var random = Randomness.of(seed).fork("faults");
        var settings = RandomStreams.settings(seed, random)
                .withThroughput(random.pick(List.of(0L, 50_000L, 300_000L)), 0)
                .with(new StreamingSettings.Chunks(64 << 10, 128 << 10, 512 << 10));
        var storage = StorageSettings.defaults()
                .withCapacity(random.pick(List.of(10_000_000L, Long.MAX_VALUE, Long.MAX_VALUE)));
        try (var ring = new StreamRing(seed, settings, storage)) {
            for (int i = 1; i <= 3; i++) {
                ring.start(i, table(ORDERS, 9_000_000, SSTABLES), table(ITEMS, 300_000, SSTABLES));
            }
            var run = new RandomStreams(ring, random, settings, new SizedDisks(ring), StreamRing::move);
            var noise = random.fork("noise");

            run.streamAndBreak(chunk -> noise.chance(0.02) ? chunk.corrupted() : chunk);

            run.checkOutcomes();
            run.moved().forEach(moved -> check(ring, moved, run.story()));
            run.checkNothingIsOpen();
            for (var node : ring.up.keySet()) {
                assertThat(ring.disk(node).used())
                        .as("%s", run.story())
                        .isEqualTo(ring.disk(node).store().bytes());
            }
        }
    }

    private record SizedDisks(StreamRing ring) implements RandomStreams.Disks {
        @Override
        public String breakAt(NodeId node, Randomness chance) {
            var faults = ring.disk(node).faults();
            switch (chance.nextInt(4)) {
                case 0 -> {
                    faults.corruptNextReads(1 + chance.nextInt(3));
                    return "corrupt reads of " + node;
                }
                case 1 -> {
                    faults.corruptNextWrites(1 + chance.nextInt(3));
                    return "corrupt writes of " + node;
                }
                case 2 -> {
                    faults.slowDown(chance.pick(List.of(1.0, 100.0, 1e4)));
                    return "slow disk of " + node;
                }
                default -> {
                    faults.readOnly(chance.chance(0.5));
                    return "read-only " + node;
                }
            }
        }

        @Override
        public void crashed(NodeId node, Randomness chance) {}

        @Override
        public void repair(NodeId node) {}
    }

    /** All files of a table that a session moves are visible, or none; all when it is done. */
    private static void check(StreamRing ring, RandomStreams.Moved moved, List<String> story) {
        for (var ranges : moved.ranges()) {
            var coverage = Coverage.of(ranges.ranges());
            for (var table : List.of(ORDERS, ITEMS)) {
                var visible = ring.disk(moved.to()).store().table(table).sstables().stream()
                        .filter(sstable -> sstable.coverage().equals(coverage))
                        .toList();
                var what = String.format("%s %s from %s to %s: %s", table, coverage, moved.from(), moved.to(), story);
                if (moved.done()) {
                    assertThat(visible).as(what).hasSize(SSTABLES);
                    assertThat(visible.stream().mapToLong(SizedSSTable::bytes).sum())
                            .as(what)
                            .isEqualTo(ranges.ranges().size() * share(table));
                } else {
                    assertThat(visible.size()).as(what).isIn(0, SSTABLES);
                }
            }
        }
    }

    /** What 40 of the 1000 tokens of a table hold. */
    private static long share(TableId table) {
        return (table.equals(ORDERS) ? 9_000_000L : 300_000L) * 40 / 1000;
    }
}
