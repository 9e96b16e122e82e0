package io.ringsim.sim;

import io.ringsim.data.TableId;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.SimulationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A simple ring in the making: nodes n1, n2, ... in racks r1 to r3 of dc1, one keyspace {@code ks} with one table {@code t}. */
public final class RingBuilder {
    private static final int RACKS = 3;
    private static final TableId TABLE = new TableId("ks", "t");

    private final int nodes;
    private Partitioner partitioner = Partitioner.MURMUR3;
    private int tokens = 16;
    private int replicationFactor = 3;
    private long bytesPerNode = 1L << 30;
    private int sstables = 8;
    private int rows;
    private int rowBytes;
    private long seed = 42;
    private RingSettings settings = RingSettings.defaults();

    RingBuilder(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("a ring has at least one node, not " + nodes);
        }
        this.nodes = nodes;
    }

    /** The replication factor, with SimpleStrategy; 3 unless told. */
    public RingBuilder replicating(int factor) {
        replicationFactor = factor;
        return this;
    }

    /** Tokens per node; 16 unless told. */
    public RingBuilder tokens(int perNode) {
        tokens = perNode;
        return this;
    }

    public RingBuilder partitioner(Partitioner other) {
        partitioner = other;
        return this;
    }

    /** Data on each node, in how many SSTables; 1 GiB in 8 unless told. */
    public RingBuilder data(long bytes, int inSSTables) {
        bytesPerNode = bytes;
        sstables = inSSTables;
        return this;
    }

    /** Real rows in the whole table instead of sizes, with values of so many bytes. */
    public RingBuilder rows(int count, int bytesEach) {
        rows = count;
        rowBytes = bytesEach;
        return this;
    }

    /** 42 unless told. */
    public RingBuilder seed(long other) {
        seed = other;
        return this;
    }

    public RingBuilder settings(RingSettings other) {
        settings = other;
        return this;
    }

    /** Starts it. */
    public SimulatedRing start() {
        return SimulatedRing.start(
                design(), settings, SimulationSettings.defaults().seed(seed));
    }

    RingDesign design() {
        var randomness = Randomness.of(seed);
        var taken = new TreeSet<Token>();
        var members = new ArrayList<RingDesign.Member>();
        var bytes = new TreeMap<NodeId, Long>();
        for (int i = 1; i <= nodes; i++) {
            var node = new NodeId("n" + i);
            members.add(new RingDesign.Member(
                    node, location(i), RingDesign.drawTokens(partitioner, randomness, node, tokens, taken)));
            bytes.put(node, bytesPerNode);
        }
        var options = new TreeMap<String, String>();
        options.put("replication_factor", Integer.toString(replicationFactor));
        return new RingDesign(
                partitioner,
                members,
                List.of(new Keyspace("ks", ReplicationStrategy.of("SimpleStrategy", options))),
                rows > 0 ? List.of() : List.of(new RingDesign.Table(TABLE, bytes, sstables)),
                rows > 0 ? List.of(new RingDesign.RowTable(TABLE, rows, rowBytes)) : List.of());
    }

    static Location location(int number) {
        return new Location("dc1", "r" + ((number - 1) % RACKS + 1));
    }
}
