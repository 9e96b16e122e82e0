package io.ringsim.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.Behavior;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.Storage;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.TableQuarantined;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Simulated disks with real rows, of each node its own, in every table as many. */
final class RowDisks implements RandomStreams.Disks {
    private static final int SSTABLES = 3;
    private static final Bytes ROW = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("value");

    private final List<TableId> tables;
    private final EngineSettings settings;
    private final int keysPerTable;
    private final int valueBytes;
    private final SortedMap<NodeId, SimulatedDisk> disks = new TreeMap<>();
    private final SortedMap<NodeId, StorageEngine> engines = new TreeMap<>();
    /** The tables of a node that has not all. */
    final SortedMap<NodeId, List<TableId>> schema = new TreeMap<>();

    /** Nodes whose disk ever refused to delete, so that only a start cleans up. */
    private final Set<NodeId> refused = new TreeSet<>();

    RowDisks(List<TableId> tables, EngineSettings settings, int keysPerTable, int valueBytes) {
        this.tables = tables;
        this.settings = settings;
        this.keysPerTable = keysPerTable;
        this.valueBytes = valueBytes;
    }

    /** The node's store; on its first disk are its rows. */
    Behavior<LocalStore.Command> store(NodeId node) {
        boolean isNew = !disks.containsKey(node);
        var disk = disks.computeIfAbsent(node, any -> SimulatedDisk.empty());
        return Storage.create(new Storage.Setup(
                disk,
                disk::takeCost,
                Partitioner.MURMUR3,
                schema.getOrDefault(node, tables).stream()
                        .map(TableMetadata::standard)
                        .toList(),
                settings,
                SSTableWriter.Options.DEFAULT,
                engine -> {
                    engines.put(node, engine);
                    if (isNew) {
                        load(node, engine);
                    }
                }));
    }

    private void load(NodeId node, StorageEngine engine) {
        try {
            for (var table : engine.tables().keySet()) {
                for (int i = 0; i < SSTABLES; i++) {
                    load(node, engine.table(table), i);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void load(NodeId node, TableStore table, int first) throws IOException {
        var keys = keys(node);
        try (var writer = table.receive(1 + keysPerTable / SSTABLES)) {
            for (int i = first; i < keys.size(); i += SSTABLES) {
                writer.append(row(table.table().id(), keys.get(i)).read(table.table()));
            }
            table.ingest(List.of(writer.finish(SSTableOrigin.NONE)));
        }
    }

    /** What the node begins with, in order. */
    private List<Key> keys(NodeId node) {
        var keys = new TreeSet<Key>();
        for (int i = 0; i < keysPerTable; i++) {
            keys.add(Key.of(Partitioner.MURMUR3, Bytes.utf8(node + " " + i)));
        }
        return List.copyOf(keys);
    }

    /** Bytes that do not compress. */
    private Partition row(TableId table, Key key) {
        var value = new byte[valueBytes];
        Randomness.of(1).fork(table + " " + key.bytes().toUtf8()).nextBytes(value);
        return Partition.of(key, Row.of(ROW, Cell.live(COLUMN, 1, Bytes.wrap(value))));
    }

    SimulatedDisk disk(NodeId node) {
        return Objects.requireNonNull(disks.get(node));
    }

    StorageEngine engine(NodeId node) {
        return Objects.requireNonNull(engines.get(node));
    }

    @Override
    public String breakAt(NodeId node, Randomness chance) {
        var faults = disk(node).faults();
        refused.add(node);
        return switch (chance.nextInt(6)) {
            case 0 -> {
                faults.readOnly(chance.chance(0.5));
                yield "read-only " + node;
            }
            case 1 -> {
                faults.noSpaceFrom(disk(node).operations() + chance.nextInt(300));
                yield "disk full " + node;
            }
            case 2 -> {
                faults.spaceAgain();
                yield "space again " + node;
            }
            case 3 -> {
                double factor = chance.pick(List.of(1.0, 100.0, 1e4));
                faults.slowDown(factor);
                yield "disk of " + node + " slow by " + factor;
            }
            case 4 -> {
                faults.failingForces(chance.chance(0.5));
                yield "failing forces " + node;
            }
            default -> "rot of " + rot(node, chance);
        };
    }

    private String rot(NodeId node, Randomness chance) {
        try {
            var table = chance.pick(tables);
            var directory = StorageEngine.directoryOf(table);
            var files = disk(node).list(directory).stream()
                    .filter(name -> SSTableId.ofData(name).isPresent())
                    .toList();
            if (files.isEmpty()) {
                return "nothing";
            }
            var path = directory + "/" + chance.pick(files);
            disk(node).flip(path, chance);
            return node + ":" + path;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The path of the data of one SSTable. */
    String firstData(NodeId node, TableId table) throws IOException {
        var directory = StorageEngine.directoryOf(table);
        return directory
                + "/"
                + disk(node).list(directory).stream()
                        .filter(name -> SSTableId.ofData(name).isPresent())
                        .sorted()
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public void crashed(NodeId node, Randomness chance) {
        disks.put(
                node, chance.chance(0.5) ? disk(node).crash(chance) : disk(node).restart());
    }

    @Override
    public void repair(NodeId node) {
        var faults = disk(node).faults();
        faults.readOnly(false);
        faults.spaceAgain();
        faults.failingForces(false);
        faults.slowDown(1);
    }

    /** Whether its disk was always well. */
    boolean isWell(NodeId node) {
        return !refused.contains(node);
    }

    /** How many of the rows in these ranges that one node began with another has, as they were; nothing is known of a
     * corrupt table. */
    record Rows(long expected, long found, boolean known) {}

    Rows rows(NodeId from, NodeId at, TableId table, Coverage ranges) {
        var keys =
                keys(from).stream().filter(key -> ranges.contains(key.token())).toList();
        int found = 0;
        try {
            for (var key : keys) {
                var read = engine(at).read(PartitionQuery.all(table, key));
                if (!read.isEmpty()) {
                    assertThat(read).isEqualTo(row(table, key));
                    found++;
                }
            }
            return new Rows(keys.size(), found, true);
        } catch (CorruptFile | TableQuarantined corrupt) {
            return new Rows(keys.size(), found, false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Files of a table at a node that no SSTable of the table is made of. */
    List<String> leftovers(NodeId node, TableId table) {
        try {
            var names = disk(node).list(StorageEngine.directoryOf(table));
            var left = new ArrayList<>(
                    names.stream().filter(name -> name.endsWith(".tmp")).toList());
            var data = names.stream()
                    .filter(name -> SSTableId.ofData(name).isPresent())
                    .toList();
            if (data.size() != engine(node).table(table).sstableCount()) {
                left.addAll(data);
            }
            return left;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
