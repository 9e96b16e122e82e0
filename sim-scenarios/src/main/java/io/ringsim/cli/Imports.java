package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.nodetool.ImportedNode;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.nodetool.NodeConfig;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.scenario.ImportReader;
import io.ringsim.scenario.KeyspaceSpec;
import io.ringsim.scenario.Limits;
import io.ringsim.scenario.Model;
import io.ringsim.scenario.Profile;
import io.ringsim.scenario.Rate;
import io.ringsim.scenario.Replications;
import io.ringsim.scenario.RingSpec;
import io.ringsim.scenario.Scenario;
import io.ringsim.sim.MembershipKind;
import io.ringsim.storage.SizedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scenarios from what was imported. */
final class Imports {
    private static final String DATACENTER = "dc1";
    private static final String TABLE = "data";
    private static final long NO_DATA_KNOWN = 1L << 30;

    private Imports() {}

    /** A scenario of a ring as it is, with its loads as the data of its keyspaces. */
    static Scenario scenario(String name, Profile profile, ImportedRing imported, List<Keyspace> keyspaces) {
        Map<NodeId, Long> loads = ImportReader.loads(imported);
        var specs = new ArrayList<KeyspaceSpec>();
        for (Keyspace keyspace : keyspaces) {
            specs.add(new KeyspaceSpec(
                    keyspace.name(),
                    Replications.written(keyspace.replication(), imported.datacenters()),
                    List.of(table(imported, loads, keyspaces.size()))));
        }
        return new Scenario(
                name,
                "",
                profile,
                MembershipKind.CLUSTER,
                Scenario.DEFAULT_SEED,
                ImportReader.ring(imported),
                specs,
                Model.defaults(profile),
                ImportReader.underway(imported),
                List.of(),
                Limits.DEFAULTS);
    }

    private static KeyspaceSpec.Table table(ImportedRing imported, Map<NodeId, Long> loads, int keyspaces) {
        var exceptions = new TreeMap<NodeId, Long>();
        long most = 0;
        for (ImportedNode node : imported.nodes()) {
            if (node.isMember()) {
                long bytes = loads.getOrDefault(node.node(), 0L) / keyspaces;
                exceptions.put(node.node(), bytes);
                most = Math.max(most, bytes);
            }
        }
        return new KeyspaceSpec.Table(TABLE, 0, exceptions, SizedTable.likelySSTables(most));
    }

    /** A scenario of as many nodes as said, all configured alike. */
    static Scenario scenario(String name, Profile profile, NodeConfig config, Partitioner partitioner, int count) {
        int numTokens = config.numTokens().orElse(profile == Profile.V4_1 ? 16 : 1);
        var nodes = new ArrayList<RingSpec.Node>();
        for (int i = 1; i <= count; i++) {
            nodes.add(new RingSpec.Node(new NodeId("n" + i), new Location(DATACENTER, "rack1"), numTokens, List.of()));
        }
        var ring = new RingSpec(
                partitioner, List.of(new RingSpec.Datacenter(DATACENTER, List.of("rack1"), numTokens, nodes)));
        var keyspaces = new ArrayList<KeyspaceSpec>();
        for (NodeConfig.KeyspaceConfig keyspace : config.keyspaces()) {
            keyspaces.add(keyspace(keyspace, count));
        }
        return new Scenario(
                name,
                config.clusterName().isEmpty() ? "" : "Cluster " + config.clusterName() + ".",
                profile,
                MembershipKind.CLUSTER,
                Scenario.DEFAULT_SEED,
                ring,
                keyspaces,
                model(config, Model.defaults(profile)),
                List.of(),
                List.of(),
                Limits.DEFAULTS);
    }

    private static KeyspaceSpec keyspace(NodeConfig.KeyspaceConfig keyspace, int nodes) {
        var options = new TreeMap<String, String>();
        options.put(Replications.FACTOR, keyspace.replicationFactor());
        if (Integer.parseInt(keyspace.replicationFactor()) > nodes) {
            throw BadInput.in(
                    "--nodes",
                    keyspace.name() + " has " + keyspace.replicationFactor() + " replicas, more than the " + nodes
                            + " nodes",
                    "write --nodes " + keyspace.replicationFactor());
        }
        try {
            return new KeyspaceSpec(
                    keyspace.name(),
                    Replications.checked(keyspace.strategy(), options, List.of(DATACENTER)),
                    List.of(new KeyspaceSpec.Table(
                            TABLE, NO_DATA_KNOWN, new TreeMap<>(), SizedTable.likelySSTables(NO_DATA_KNOWN))));
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in("keyspace " + keyspace.name(), String.valueOf(wrong.getMessage()), "");
        }
    }

    private static Model model(NodeConfig config, Model model) {
        return new Model(
                rate(config.streamThroughput(), model.streamThroughputOutbound()),
                rate(config.interDcStreamThroughput(), model.interDcStreamThroughputOutbound()),
                model.ringDelay(),
                model.gossipInterval(),
                config.phiConvictThreshold().orElse(model.phiConvictThreshold()),
                config.maxStreamingRetries().orElse(model.maxStreamingRetries()),
                config.streamingSocketTimeout()
                        .filter(timeout -> !timeout.isZero())
                        .orElse(model.streamingSocketTimeout()),
                model.consistentRangeMovement(),
                model.network(),
                model.disk());
    }

    private static Rate rate(java.util.OptionalLong given, Rate otherwise) {
        return given.isPresent() ? new Rate(given.getAsLong()) : otherwise;
    }
}
