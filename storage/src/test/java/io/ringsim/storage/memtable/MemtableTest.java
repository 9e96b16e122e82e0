package io.ringsim.storage.memtable;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.CommitLogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemtableTest {
    private static final TableMetadata TABLE = TableMetadata.standard(new TableId("shop", "orders"));
    private static final Bytes COLUMN = Bytes.utf8("c");

    @ParameterizedTest
    @ValueSource(
            strings = {"Murmur3Partitioner", "RandomPartitioner", "OrderPreservingPartitioner", "ByteOrderedPartitioner"
            })
    void holdsWhatASortedMapHolds(String name) {
        var partitioner = Partitioner.named(name);
        for (int seed = 0; seed < 20; seed++) {
            var random = Randomness.of(seed);
            var memtable = memtable();
            var model = new TreeMap<Key, Partition>();
            for (int i = 0; i < 3_000; i++) {
                var key = key(partitioner, random, seed);
                var update = update(key, random.nextInt(3), i);
                memtable.put(update);
                model.merge(key, update, (old, more) -> old.merge(more, TABLE));
            }

            assertThat(all(memtable.iterator())).isEqualTo(List.copyOf(model.values()));
            assertThat(memtable.partitionCount()).isEqualTo(model.size());
            for (int i = 0; i < 50; i++) {
                var key = key(partitioner, random, seed);
                assertThat(memtable.get(key).orElse(Partition.empty(key)))
                        .isEqualTo(model.getOrDefault(key, Partition.empty(key)));
                assertThat(all(memtable.from(key, i % 2 == 0)))
                        .isEqualTo(List.copyOf(model.tailMap(key, i % 2 == 0).values()));
            }
        }
    }

    /** Keys that share their beginnings, and in some seeds come in order. */
    private static Key key(Partitioner partitioner, Randomness random, int seed) {
        var text = seed % 2 == 0 ? "customer-%06d" : "%06d";
        return Key.of(partitioner, Bytes.utf8(text.formatted(random.nextInt(5_000))));
    }

    @Test
    void keysThatComeInOrderFillTheTreeToo() {
        var memtable = memtable();
        for (int i = 0; i < 20_000; i++) {
            memtable.put(update(Key.of(Partitioner.BYTE_ORDERED, Bytes.ofLong(i)), 0, i));
        }
        for (int i = 40_000; i > 20_000; i--) {
            memtable.put(update(Key.of(Partitioner.BYTE_ORDERED, Bytes.ofLong(i)), 0, i));
        }

        assertThat(all(memtable.iterator()))
                .hasSize(40_000)
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
    }

    @Test
    void noUpdateIsLostHoweverWritersMeet() throws Exception {
        int writers = 4;
        int rounds = 20;
        int keys = 8;
        int updates = 2_000;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < rounds; round++) {
                var memtable = memtable();
                var start = new CyclicBarrier(writers);
                var running = new ArrayList<Future<?>>();
                for (int writer = 0; writer < writers; writer++) {
                    int id = writer;
                    running.add(pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < updates; i++) {
                            var key = Key.of(Partitioner.MURMUR3, Bytes.utf8("k" + i % keys));
                            // two rows in one write: a reader sees both or neither
                            memtable.put(Partition.of(
                                    key,
                                    List.of(
                                            row("a-%d-%05d".formatted(id, i), i),
                                            row("b-%d-%05d".formatted(id, i), i))));
                            assertThat(memtable.get(key).orElseThrow().rowCount() % 2)
                                    .isZero();
                        }
                        return null;
                    }));
                }
                for (var each : running) {
                    each.get();
                }

                int rows = all(memtable.iterator()).stream()
                        .mapToInt(Partition::rowCount)
                        .sum();
                assertThat(rows).isEqualTo(2 * writers * updates);
                assertThat(memtable.operations()).isEqualTo((long) writers * updates);
                assertThat(memtable.bytes())
                        .isEqualTo(all(memtable.iterator()).stream()
                                .mapToLong(Memtable::footprint)
                                .sum());
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aSealedMemtableTakesOnlyWhatWasLoggedBefore() {
        var memtable = memtable();
        memtable.seal(new CommitLogPosition(3, 100));

        assertThat(memtable.accepts(new CommitLogPosition(3, 100))).isTrue();
        assertThat(memtable.accepts(new CommitLogPosition(3, 101))).isFalse();
        assertThat(memtable.accepts(new CommitLogPosition(4, 0))).isFalse();
    }

    private static Memtable memtable() {
        return new Memtable(TABLE, CommitLogPosition.NONE, 0);
    }

    private static Partition update(Key key, int row, long timestamp) {
        return Partition.of(key, row("r" + row, timestamp));
    }

    private static Row row(String name, long timestamp) {
        return Row.of(Bytes.utf8(name), Cell.live(COLUMN, timestamp, Bytes.ofLong(timestamp)));
    }

    private static List<Partition> all(java.util.Iterator<Partition> iterator) {
        var list = new ArrayList<Partition>();
        iterator.forEachRemaining(list::add);
        return list;
    }
}
