package io.ringsim.sim;

import akka.actor.typed.Behavior;
import io.ringsim.data.Key;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Clock;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.NodeRecordFile;
import io.ringsim.storage.Storage;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.RangeScan;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A disk that holds real rows. Whoever looks at it from outside the simulated world takes none of its time.
 *
 * <p>What a node begins with is put straight into SSTables, fewer than make a compaction due.
 */
final class RowsNodeDisk implements NodeDisk {
    private static final int FIRST_SSTABLES = 3;
    private static final int SCAN_PAGE = 1_000;
    private static final int ROT_EVERY = 4 << 10;

    /** What the disks of a ring have in common. */
    record World(Clock clock, Partitioner partitioner, EngineSettings settings, SortedMap<TableId, TableRows> tables) {
        List<TableMetadata> schema() {
            return tables.keySet().stream().map(TableMetadata::standard).toList();
        }
    }

    /** Something that is done with an engine. */
    private interface Look<T> {
        T at(StorageEngine engine) throws IOException;
    }

    private final World world;
    private final Randomness chance;
    private SimulatedDisk disk;
    private DiskQueue queue;
    private boolean running;
    private Optional<StorageEngine> engine = Optional.empty();

    RowsNodeDisk(World world, SimulatedDisk empty, Randomness chance) {
        this.world = world;
        this.chance = chance;
        this.disk = empty;
        this.queue = new DiskQueue(empty, world.clock());
    }

    /** Writes the rows of a table that lie in these ranges, to be there at the first start. */
    void load(TableRows rows, Coverage owned) {
        look(engine -> {
            var store = engine.table(rows.table().id());
            var keys = rows.keysIn(owned);
            var written = new ArrayList<SSTableReader>();
            for (int i = 0; i < Math.min(FIRST_SSTABLES, keys.size()); i++) {
                written.add(write(store, rows, keys, i));
            }
            store.ingest(written);
            return written.size();
        });
    }

    /** One SSTable of every so many keys, from the first on. */
    private static SSTableReader write(TableStore store, TableRows rows, List<Key> keys, int first) throws IOException {
        try (var writer = store.receive(1 + keys.size() / FIRST_SSTABLES)) {
            for (int i = first; i < keys.size(); i += FIRST_SSTABLES) {
                writer.append(rows.partition(keys.get(i)).read(store.table()));
            }
            return writer.finish(SSTableOrigin.NONE);
        }
    }

    @Override
    public Behavior<LocalStore.Command> store() {
        var mounted = disk;
        running = true;
        return Storage.create(new Storage.Setup(
                mounted,
                queue::takeNanos,
                world.partitioner(),
                world.schema(),
                world.settings(),
                SSTableWriter.Options.DEFAULT,
                opened -> {
                    if (mounted == disk) {
                        engine = Optional.of(opened);
                    }
                }));
    }

    @Override
    public void crash() {
        disk = disk.crash(chance);
        queue = new DiskQueue(disk, world.clock());
        running = false;
        engine = Optional.empty();
    }

    @Override
    public void remember(NodeRecord record) {
        outside(() -> {
            new NodeRecordFile(disk, world.partitioner()).write(record);
            return record;
        });
    }

    @Override
    public NodeRecord.Stage stage() {
        return outside(() -> new NodeRecordFile(disk, world.partitioner()).read())
                .stage();
    }

    @Override
    public long bytes() {
        return look(StorageEngine::bytes).orElse(0L);
    }

    @Override
    public Optional<String> lacks(TableId table, Coverage owned) {
        var rows = world.tables().get(table);
        return rows == null ? Optional.empty() : ofServed(table, engine -> missing(engine, rows, owned));
    }

    private static Optional<String> missing(StorageEngine engine, TableRows rows, Coverage owned) throws IOException {
        var table = rows.table().id();
        var keys = rows.keysIn(owned);
        var missing = new ArrayList<Key>();
        for (var key : keys) {
            if (!rows.isIn(engine.read(PartitionQuery.all(table, key)), key)) {
                missing.add(key);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("lacks " + missing.size() + " of its " + keys.size() + " rows of " + table + ", that of "
                        + missing.get(0).bytes().toUtf8() + " first");
    }

    @Override
    public Optional<String> exceeds(TableId table, Coverage owned) {
        return ofServed(table, engine -> foreign(engine, table, owned));
    }

    /** What it says of the table, unless that is quarantined, or turns out to have to be. */
    private Optional<String> ofServed(TableId table, Look<Optional<String>> look) {
        Look<Optional<String>> unlessCorrupt = engine -> {
            var store = engine.table(table);
            try {
                return store.quarantined().isPresent() ? Optional.empty() : look.at(engine);
            } catch (CorruptFile corrupt) {
                return Optional.empty();
            }
        };
        return look(unlessCorrupt).flatMap(said -> said);
    }

    private Optional<String> foreign(StorageEngine engine, TableId table, Coverage owned) throws IOException {
        var store = engine.table(table);
        var minimum = world.partitioner().minimum();
        var page = RangeScan.of(new TokenRange(minimum, minimum), SCAN_PAGE);
        var found = store.scan(page);
        while (!found.isEmpty()) {
            for (var partition : found) {
                if (!owned.contains(partition.key().token())) {
                    return Optional.of("has the row of "
                            + partition.key().bytes().toUtf8() + " of " + table + ", of which it is no replica");
                }
            }
            page = page.from(found.get(found.size() - 1).key());
            found = store.scan(page);
        }
        return Optional.empty();
    }

    /** What it says of the engine; nothing while a process is opening it. Without a process, as a start would find it. */
    private <T> Optional<T> look(Look<T> look) {
        if (running) {
            return engine.map(opened -> outside(() -> look.at(opened)));
        }
        return Optional.of(outside(() -> {
            try (var opened = StorageEngine.open(
                    disk,
                    new ImmediateIo(),
                    world.clock(),
                    world.partitioner(),
                    world.schema(),
                    world.settings(),
                    SSTableWriter.Options.DEFAULT)) {
                return look.at(opened);
            }
        }));
    }

    private interface Glance<T> {
        T take() throws IOException;
    }

    /** Does something with the disk that takes none of its time. */
    private <T> T outside(Glance<T> glance) {
        queue.keepCost();
        try {
            return glance.take();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            disk.takeCost();
        }
    }

    /** Turns bits over in that many files, all along them, for good. */
    @Override
    public void corruptFiles(int files) {
        outside(() -> {
            var data = dataFiles();
            chance.shuffle(data);
            for (var path : data.subList(0, Math.min(files, data.size()))) {
                rot(path);
            }
            return data.size();
        });
    }

    private List<String> dataFiles() throws IOException {
        var found = new ArrayList<String>();
        for (var table : world.tables().keySet()) {
            var directory = StorageEngine.directoryOf(table);
            for (var name : disk.list(directory)) {
                if (SSTableId.ofData(name).isPresent()) {
                    found.add(directory + "/" + name);
                }
            }
        }
        return found;
    }

    /** Files that were begun and are neither finished nor gone. */
    List<String> unfinishedFiles() {
        return outside(() -> {
            var found = new ArrayList<String>();
            for (var table : world.tables().keySet()) {
                found.addAll(disk.list(StorageEngine.directoryOf(table)));
            }
            found.removeIf(name -> !name.endsWith(".tmp"));
            return found;
        });
    }

    /** Whether a table is known to be corrupt. */
    boolean isQuarantined() {
        return look(engine -> engine.tables().values().stream()
                        .anyMatch(table -> table.quarantined().isPresent()))
                .orElse(false);
    }

    private void rot(String path) throws IOException {
        long size;
        try (var file = disk.openRead(path)) {
            size = file.size();
        }
        for (long offset = chance.nextLong(Math.min(size, ROT_EVERY)); offset < size; offset += ROT_EVERY) {
            disk.flip(path, offset, chance.nextInt(Byte.SIZE));
        }
    }

    @Override
    public void slowDown(double factor) {
        disk.faults().slowDown(factor);
    }

    @Override
    public void readOnly(boolean broken) {
        disk.faults().readOnly(broken);
    }

    @Override
    public void full(boolean full) {
        if (full) {
            disk.faults().noSpaceFrom(0);
        } else {
            disk.faults().spaceAgain();
        }
    }
}
