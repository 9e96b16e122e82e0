package io.ringsim.sim;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Simulation;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedDisk;
import io.ringsim.storage.SizedStore;
import io.ringsim.storage.StorageSettings;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.SimulatedDiskSettings;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.SyncMode;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the disks of a ring's nodes: of sizes, or of rows. */
interface NodeDisks {
    /** With what the member begins with. */
    NodeDisk ofMember(NodeId member);

    /** Of a node that begins with nothing. */
    NodeDisk empty(NodeId node);

    static NodeDisks of(RingDesign design, RingSettings settings, Simulation simulation) {
        return design.hasRows()
                ? new Rows(design, settings.storage(), settings.commitLogSync(), simulation)
                : new Sizes(design, settings.storage());
    }

    /** Disks of sizes. */
    final class Sizes implements NodeDisks {
        private final SortedMap<NodeId, SizedStore> stores;
        private final StorageSettings settings;

        private Sizes(RingDesign design, StorageSettings settings) {
            this.stores = design.stores();
            this.settings = settings;
        }

        @Override
        public NodeDisk ofMember(NodeId member) {
            return new SizedNodeDisk(new SizedDisk(stores.getOrDefault(member, SizedStore.EMPTY)), settings);
        }

        @Override
        public NodeDisk empty(NodeId node) {
            return new SizedNodeDisk(SizedDisk.empty(), settings);
        }
    }

    /** Disks of rows. */
    final class Rows implements NodeDisks {
        private static final long NANOS_PER_OPERATION = 20_000;

        /** A node with little memory, so that a process can simulate many. */
        private static final long MEMORY = 4L << 20;

        private final RingDesign design;
        private final Simulation simulation;
        private final SimulatedDiskSettings settings;
        private final RowsNodeDisk.World world;

        private Rows(RingDesign design, StorageSettings settings, SyncMode sync, Simulation simulation) {
            this.design = design;
            this.simulation = simulation;
            this.settings = new SimulatedDiskSettings(
                    settings.capacity(),
                    orUnlimited(settings.readBytesPerSecond()),
                    orUnlimited(settings.writeBytesPerSecond()),
                    NANOS_PER_OPERATION,
                    settings.syncTime().toNanos());
            var tables = new TreeMap<TableId, TableRows>();
            for (var table : design.rowTables()) {
                tables.put(table.id(), TableRows.of(table, design.partitioner(), simulation.randomness()));
            }
            this.world = new RowsNodeDisk.World(
                    simulation.clock(),
                    design.partitioner(),
                    EngineSettings.simulated()
                            .with(sync)
                            .withMemory(MEMORY)
                            .withEntireSSTables(settings.model().entireSSTables()),
                    tables);
        }

        private static long orUnlimited(long bytesPerSecond) {
            return bytesPerSecond == 0 ? Long.MAX_VALUE : bytesPerSecond;
        }

        @Override
        public NodeDisk ofMember(NodeId member) {
            var disk = disk(member);
            var ring = design.ring();
            for (var keyspace : design.keyspaces()) {
                var owned = Coverage.of(keyspace.replication().rangesOf(ring, member));
                for (var table : design.tablesOf(keyspace.name())) {
                    disk.load(requireNonNull(world.tables().get(table)), owned);
                }
            }
            return disk;
        }

        @Override
        public NodeDisk empty(NodeId node) {
            return disk(node);
        }

        private RowsNodeDisk disk(NodeId node) {
            return new RowsNodeDisk(
                    world,
                    SimulatedDisk.empty(settings),
                    simulation.randomness().fork("disk of " + node));
        }
    }
}
