package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableVerifier;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.TableQuarantined;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a table's SSTables: cleanup, streaming, ingest, purge, quarantine. */
class TableLifeTest extends TableWorld {
    @Test
    void cleanupDropsForeignKeysAndKeepsTheOthers() throws IOException {
        write(0, 200, 1);
        flush();
        write(200, 300, 2);
        flush();

        long freed = settled(then -> orders.cleanup(List.of(LOWER_HALF), then));

        assertThat(freed).isPositive();
        assertThat(all(orders))
                .hasSizeBetween(100, 200)
                .allMatch(partition -> LOWER_HALF.contains(partition.key().token()));
        assertThat(settled(then -> orders.cleanup(List.of(LOWER_HALF), then))).isZero();
    }

    @Test
    void compactionKeepsWhatOnlyOneSSTableHasAndMergesWhatSeveralHave() throws IOException {
        write(0, 120, 1);
        flush();
        write(100, 220, 2);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(Row.of(Bytes.utf8("%06d".formatted(i)), Cell.live(COLUMN, 3, Bytes.utf8("v".repeat(100)))));
        }
        write(ORDERS.id(), Partition.of(key(500), rows)); // wide: it has a column index
        flush();
        var before = all(orders);

        settled(orders::compactAll);

        assertThat(orders.sstableCount()).isEqualTo(1);
        assertThat(all(orders)).isEqualTo(before).hasSize(221);
        var compacted = orders.select(List.of(RING)).parts().get(0).sstable();
        assertThat(compacted.stats().partitions()).isEqualTo(221);
        assertThat(compacted.stats().rows()).isEqualTo(2_220);
        assertThat(SSTableVerifier.verify(disk, "data/shop/orders", compacted.id()))
                .isEmpty();
        assertThat(read(110).row(0).liveness().timestamp()).isEqualTo(2);
    }

    @Test
    void aCompactionThatIsUnderWayWhenItsTableIsClosedIsGivenUp() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(10 * i, 10 * i + 10, 1);
            flush();
        }
        var before = files();
        var told = new ArrayList<String>();
        orders.compactAll(new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long freed) {
                told.add("freed " + freed);
            }

            @Override
            public void failed(IOException reason) {
                told.add(String.valueOf(reason.getMessage()));
            }
        });
        world.step();
        assertThat(files()).anyMatch(name -> name.endsWith(".tmp"));

        engine.close();

        assertThat(files()).isEqualTo(before);
        world.settle();
        assertThat(told).singleElement().asString().contains("was given up, for the table is closed");
        begin();
        assertThat(orders.sstableCount()).isEqualTo(3);
        assertThat(all(orders)).hasSize(30);
    }

    @Test
    void whatACompactionOnlyCopiesIsDescribedAsItIs() throws IOException {
        write(0, 40, 1);
        flush();
        write(40, 80, 2);
        flush();

        settled(orders::compactAll);

        var copied = orders.select(List.of(RING)).parts().get(0).sstable();
        assertThat(copied.stats().partitions()).isEqualTo(80);
        assertThat(copied.stats().maxLocalDeletionTime()).isEqualTo(Cell.NEVER);
        assertThat(SSTableVerifier.verify(disk, "data/shop/orders", copied.id()))
                .isEmpty();
    }

    @Test
    void whatIsBeingStreamedStaysUntilItIsReleasedWhateverCompactionDoes() throws IOException {
        write(0, 100, 1);
        flush();
        write(50, 150, 2);
        flush();
        var selection = orders.select(List.of(LOWER_HALF));
        var before = selection.parts().get(0).sstable();

        settled(orders::compactAll);

        assertThat(orders.sstableCount()).isEqualTo(1);
        var source = before.source(selection.parts().get(0).sections());
        assertThat(source.read(0, (int) source.length()).size()).isEqualTo((int) source.length());
        assertThat(files()).contains("rs-1-big-Data.db", "rs-2-big-Data.db", "rs-3-big-Data.db");
        selection.close();
        assertThat(files()).contains("rs-3-big-Data.db").doesNotContain("rs-1-big-Data.db", "rs-2-big-Data.db");
    }

    /** What is there and no part of the table, as when it was received. */
    private SSTableWriter received(long generation) throws IOException {
        return SSTableWriter.create(disk, "data/shop/orders", new SSTableId(generation), ORDERS, 1);
    }

    @Test
    void receivedSSTablesBecomeVisibleTogetherWithTheirIndex() throws IOException {
        var received = new ArrayList<io.ringsim.storage.sstable.SSTableReader>();
        for (int part = 0; part < 2; part++) {
            try (var writer = received(part + 1)) {
                writer.append(partition(part, 7).read(ORDERS));
                received.add(writer.finish(SSTableOrigin.NONE));
            }
        }
        assertThat(all(orders)).isEmpty();
        assertThat(orders.indexed(COLUMN, Bytes.utf8("v7"), 10)).isEmpty();

        orders.ingest(received);

        assertThat(all(orders)).hasSize(2);
        assertThat(orders.indexed(COLUMN, Bytes.utf8("v7"), 10)).hasSize(2);
        disk = disk.crash(Randomness.of(3));
        world.forget();
        assertThat(all(open(disk).table(ORDERS.id()))).hasSize(2);
    }

    @Test
    void receivedSSTablesThatWereNotIngestedAreGoneAfterARestart() throws IOException {
        try (var writer = received(1)) {
            writer.append(partition(1, 7).read(ORDERS));
            writer.finish(SSTableOrigin.NONE);
        }
        assertThat(files()).contains("rs-1-big-Data.db");

        engine.close();
        world.forget();
        disk = disk.restart();
        var again = open(disk).table(ORDERS.id());

        assertThat(all(again)).isEmpty();
        assertThat(files()).containsExactly("manifest");
    }

    @Test
    void aTombstoneIsForgottenOnlyWhenItIsOldAndCoversNothingElsewhere() throws IOException {
        write(1, 2, 1);
        flush();
        write(ORDERS.id(), Partition.deleted(key(1), new Deletion(5, 1_000_000)));
        write(2, 3, 1);
        flush();
        var selection = orders.select(List.of(RING)); // newest data first
        assertThat(selection.parts()).hasSize(2);
        selection.close();

        settled(orders::compactAll);
        assertThat(read(1).deletion().isLive()).isFalse();

        world.pass(ORDERS.gcGrace().plus(Duration.ofSeconds(1)));
        settled(orders::compactAll);
        var onDisk = orders.select(List.of(RING)).parts().get(0).sstable();
        assertThat(onDisk.stats().partitions()).isEqualTo(1);
        assertThat(read(1).isEmpty()).isTrue();
    }

    @Test
    void replicasThatHoldTheSameInOtherFilesHaveTheSameMerkleTree() throws IOException {
        write(0, 100, 1);
        flush();
        write(0, 50, 2);
        flush();
        write(0, 10, 3);
        var spread = orders.merkleTree(RING, 8);

        settled(then -> orders.flush(FlushReason.USER_FORCED, then));
        settled(orders::compactAll);
        var together = orders.merkleTree(RING, 8);
        write(5, 6, 9);

        assertThat(spread.difference(together)).isEmpty();
        assertThat(together.difference(orders.merkleTree(RING, 8)))
                .singleElement()
                .matches(range -> range.contains(key(5).token()));
    }

    @Test
    void aCorruptSSTableQuarantinesItsTableAndTheOthersServe() throws IOException {
        write(0, 50, 1);
        write(ITEMS.id(), partition(1, 1));
        flush();
        disk.flip("data/shop/orders/rs-1-big-Data.db", 100, 3);

        assertThatThrownBy(() -> all(orders)).hasMessageContaining("rs-1-big-Data.db at ");
        assertThatThrownBy(() -> all(orders))
                .isInstanceOf(TableQuarantined.class)
                .hasMessageContaining("table shop.orders is quarantined")
                .hasMessageContaining("rs-1-big-Data.db");
        assertThat(all(engine.table(ITEMS.id()))).hasSize(1);
        engine.apply(Mutation.of(ORDERS.id(), partition(1, 2)), new WriteOutcome() {
            @Override
            public void acknowledged() {
                throw new IllegalStateException("a quarantined table took a write");
            }

            @Override
            public void refused(IOException reason) {
                assertThat(reason).hasMessageContaining("rs-1-big-Data.db");
            }
        });
    }

    @Test
    void whatWasLoggedForAQuarantinedTableIsKeptUntilItServesAgain() throws IOException {
        write(0, 5, 1);
        flush();
        write(5, 8, 1);
        world.forget();
        disk = disk.restart();
        disk.flip("data/shop/orders/manifest", 20, 0);
        var broken = open(disk);
        assertThat(broken.table(ORDERS.id()).quarantined()).isPresent();
        broken.close();
        world.forget();
        disk = disk.restart();
        disk.flip("data/shop/orders/manifest", 20, 0);

        assertThat(all(open(disk).table(ORDERS.id()))).hasSize(8);
    }

    @Test
    void aReadSaysItsSteps() throws IOException {
        write(1, 2, 1);
        flush();
        write(1, 2, 2);
        var steps = new ArrayList<String>();

        orders.read(PartitionQuery.all(ORDERS.id(), key(1)), steps::add);
        orders.read(PartitionQuery.all(ORDERS.id(), key(1)), steps::add);

        assertThat(steps)
                .containsSubsequence(
                        "Executing single-partition query on orders",
                        "Acquiring sstable references",
                        "Merging memtable contents",
                        "Partition index with 0 entries found for sstable 1",
                        "Merged data from memtables and 1 sstables",
                        "Read 1 live rows and 0 tombstone cells",
                        "Key cache hit for sstable 1");
    }
}
