package io.ringsim.storage.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.CommitLogSettings;
import io.ringsim.storage.disk.PowerLost;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.CompactionSettings;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.MemtableLimits;
import io.ringsim.storage.table.RangeScan;
import io.ringsim.storage.table.ReadTrace;
import io.ringsim.storage.table.SizeTiered;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One history as it goes. */
final class HistoryRun {
    private static final int MOST_DOUBTS = 8;

    private final int seed;
    private final List<TableMetadata> schema;
    private final SortedMap<TableId, TableMetadata> byId = new TreeMap<>();
    private final ManualIo world;
    private final Model model;

    private final List<Mutation> unanswered = new ArrayList<>();
    private SimulatedDisk disk = SimulatedDisk.empty();
    private StorageEngine engine;
    private long powerLossAt = Long.MAX_VALUE;
    private long powerLossSeed;

    HistoryRun(int seed, List<TableMetadata> schema) {
        this.seed = seed;
        this.schema = schema;
        schema.forEach(table -> byId.put(table.id(), table));
        this.world = new ManualIo(Randomness.of(seed).fork("world"));
        this.model = new Model(byId);
        try {
            engine = open();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private StorageEngine open() throws IOException {
        return StorageEngine.open(
                disk, world.io(), world, Partitioner.MURMUR3, schema, settings(seed), SSTableWriter.Options.DEFAULT);
    }

    private long now() {
        return world.instant().getEpochSecond();
    }

    void take(Step step) throws IOException {
        try {
            doStep(step);
        } catch (PowerLost lost) {
            recover();
        }
        if (disk.operations() >= powerLossAt) {
            recover();
        }
        if (engine.log().durable().equals(engine.log().appended())) {
            model.safe();
        }
    }

    private void doStep(Step step) throws IOException {
        if (step instanceof Step.Write write) {
            write(write.mutation());
        } else if (step instanceof Step.Read read) {
            read(read.query());
        } else if (step instanceof Step.Scan scan) {
            scan(scan.pageSize());
        } else if (step instanceof Step.Work work) {
            for (int i = 0; i < work.tasks() && world.step(); i++) {}
        } else if (step instanceof Step.Pass pass) {
            world.pass(Duration.ofMillis(pass.millis()));
        } else if (step instanceof Step.Flush flush) {
            engine.table(schema.get(flush.table()).id()).flush(FlushReason.USER_FORCED, new Ignored());
        } else if (step instanceof Step.Compact compact) {
            engine.table(schema.get(compact.table()).id()).compactAll(new Ignored());
        } else if (step instanceof Step.PowerLoss loss) {
            powerLossSeed = loss.seed();
            planPowerLoss(loss.operations());
        } else if (step instanceof Step.Kill) {
            world.forget();
            restart();
        } else if (step instanceof Step.CloseAndOpen close) {
            closeAndOpen(close.drained());
        } else if (step instanceof Step.DiskFull full) {
            disk.faults().noSpaceFrom(disk.operations() + full.operations());
        } else if (step instanceof Step.SpaceAgain) {
            disk.faults().spaceAgain();
            world.pass(Duration.ofSeconds(2));
        }
    }

    private void planPowerLoss(int operations) {
        powerLossAt = disk.operations() + operations;
        disk.faults().failAt(powerLossAt);
    }

    private void write(Mutation mutation) {
        if (model.doubts(mutation.key()) >= MOST_DOUBTS) {
            world.pass(Duration.ofSeconds(1));
        }
        if (model.doubts(mutation.key()) >= MOST_DOUBTS) {
            return; // the disk is full, or the power lost
        }
        unanswered.add(mutation);
        model.open(mutation);
        var before = engine;
        engine.apply(mutation, new WriteOutcome() {
            @Override
            public void acknowledged() {
                if (engine == before && unanswered.remove(mutation)) {
                    model.acknowledged(mutation);
                }
            }

            @Override
            public void refused(IOException reason) {}
        });
    }

    /** The power was lost: what comes after it. It may be lost again while the store recovers. */
    private void recover() throws IOException {
        var chance = Randomness.of(powerLossSeed);
        world.forget();
        if (seed % 3 == 2) {
            model.powerLost();
        }
        disk.faults().spaceAgain();
        while (true) {
            disk = disk.crash(chance);
            powerLossAt = Long.MAX_VALUE;
            if (chance.chance(0.3)) {
                planPowerLoss(chance.nextInt(40));
            }
            try {
                reopen();
                return;
            } catch (PowerLost again) {
                world.forget();
            }
        }
    }

    private void restart() throws IOException {
        disk.faults().spaceAgain();
        disk = disk.restart();
        powerLossAt = Long.MAX_VALUE;
        reopen();
    }

    private void reopen() throws IOException {
        engine = open();
        settle();
    }

    private void closeAndOpen(boolean drained) throws IOException {
        if (drained) {
            disk.faults().spaceAgain();
            engine.drain(new Ignored());
            world.settle();
            if (disk.operations() >= powerLossAt) {
                return;
            }
        }
        engine.close();
        world.forget();
        restart();
        if (drained) {
            assertThat(engine.replayed().replayed()).isZero();
        }
    }

    /** After a restart: which of the writes whose fate was open are there? */
    private void settle() throws IOException {
        unanswered.clear();
        for (var key : model.keys()) {
            var read = new LinkedHashMap<TableId, List<Model.Seen>>();
            for (var table : schema) {
                var partition = engine.table(table.id()).read(PartitionQuery.all(table.id(), key), ReadTrace.NONE);
                read.put(table.id(), Model.seen(partition, table, Slice.ALL, now()));
            }
            var possible = model.possible(schema.get(0).id(), key, Slice.ALL, now());
            if (!model.settle(key, read, now())) {
                throw new AssertionError("after a restart " + key + " holds " + read
                        + ", which no choice of unacknowledged writes explains; the first table may hold "
                        + possible);
            }
        }
    }

    private void read(PartitionQuery query) throws IOException {
        var table = requireNonNull(byId.get(query.table()));
        var partition = engine.table(table.id()).read(query, ReadTrace.NONE);
        var seen = seen(partition, query);
        var possible = new ArrayList<List<Model.Seen>>();
        for (var each : model.possible(table.id(), query.key(), cover(query), now())) {
            possible.add(asked(each, query));
        }
        assertThat(possible).as("%s read %s", query, seen).contains(seen);
    }

    private static Slice cover(PartitionQuery query) {
        return query.slices().get(0);
    }

    private List<Model.Seen> seen(Partition partition, PartitionQuery query) {
        return asked(Model.seen(partition, requireNonNull(byId.get(query.table())), Slice.ALL, now()), query);
    }

    /** Cuts what may be seen to the columns and the limit that were asked for. */
    private static List<Model.Seen> asked(List<Model.Seen> rows, PartitionQuery query) {
        var cut = new ArrayList<Model.Seen>();
        for (var row : rows) {
            if (query.columns().isEmpty()) {
                cut.add(row);
            } else {
                var cells = new LinkedHashMap<>(row.cells());
                cells.keySet().retainAll(query.columns());
                if (!cells.isEmpty()) {
                    cut.add(new Model.Seen(row.clustering(), false, cells)); // whether it was inserted is not asked
                }
            }
        }
        if (cut.size() <= query.limit()) {
            return cut;
        }
        return query.reversed() ? cut.subList(cut.size() - query.limit(), cut.size()) : cut.subList(0, query.limit());
    }

    /** Pages through all of a table: every key that must be there is, in order, with what it must have. */
    private void scan(int pageSize) throws IOException {
        for (var table : schema) {
            var minimum = Partitioner.MURMUR3.minimum();
            var scan = RangeScan.of(new TokenRange(minimum, minimum), pageSize);
            var found = new TreeMap<Key, List<Model.Seen>>();
            while (true) {
                var page = engine.table(table.id()).scan(scan);
                for (var partition : page) {
                    assertThat(found.isEmpty() || found.lastKey().compareTo(partition.key()) < 0)
                            .isTrue();
                    found.put(partition.key(), Model.seen(partition, table, Slice.ALL, now()));
                }
                if (page.size() < pageSize) {
                    break;
                }
                scan = scan.from(page.get(page.size() - 1).key());
            }
            for (Key key : model.keys()) {
                assertThat(model.possible(table.id(), key, Slice.ALL, now()))
                        .contains(found.getOrDefault(key, List.of()));
            }
            if (!table.indexed().isEmpty()) {
                lookUp(table, found);
            }
        }
    }

    /** Every row that was seen is found by the value of its indexed column, and no other. */
    private void lookUp(TableMetadata table, SortedMap<Key, List<Model.Seen>> found) throws IOException {
        var column = table.indexed().get(0);
        for (int i = 0; i < 4; i++) {
            var value = Bytes.utf8("v" + i);
            var indexed = new ArrayList<String>();
            for (var partition : engine.table(table.id()).indexed(column, value, Integer.MAX_VALUE)) {
                partition.rows().forEach(row -> indexed.add(partition.key() + " " + row.clustering()));
            }
            var seen = new ArrayList<String>();
            found.forEach((key, rows) -> rows.stream()
                    .filter(row -> row.cells().getOrDefault(column, Bytes.EMPTY).equals(value))
                    .forEach(row -> seen.add(key + " " + row.clustering())));
            assertThat(indexed).as("rows with %s", value).containsExactlyInAnyOrderElementsOf(seen);
        }
    }

    private static EngineSettings settings(int seed) {
        var sync = switch (seed % 3) {
            case 0 -> SyncMode.batch();
            case 1 -> new SyncMode.Group(Duration.ofMillis(5));
            default -> new SyncMode.Periodic(Duration.ofMillis(500));
        };
        return EngineSettings.simulated()
                .with(sync)
                .with(CommitLogSettings.simulated().withSegmentSize(16 << 10).withTotalSpace(64 << 10))
                .with(new MemtableLimits(seed % 7 == 0 ? 3_000 : 20_000, 100, Duration.ofSeconds(5)))
                .with(new CompactionSettings(new SizeTiered(2 + seed % 3, 8, 0.5, 1.5, 50 << 20), true, 10 << 20))
                .withMemory(30_000);
    }

    private static final class Ignored implements Io.Outcome<Long> {
        @Override
        public void succeeded(Long result) {}

        @Override
        public void failed(IOException reason) {}
    }
}
