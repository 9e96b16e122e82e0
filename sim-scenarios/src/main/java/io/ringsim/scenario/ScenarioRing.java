package io.ringsim.scenario;

import io.ringsim.data.TableId;
import io.ringsim.gossip.ClusterSettings;
import io.ringsim.gossip.GossipSettings;
import io.ringsim.network.LinkQuality;
import io.ringsim.network.NetworkSettings;
import io.ringsim.operation.OperationSettings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.sim.RingDesign;
import io.ringsim.sim.RingSettings;
import io.ringsim.storage.SizeModel;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ring that a scenario and a seed stand for: tokens drawn where none are given, the model as settings of the
 * subsystems. A plan and a run of the same scenario build the same ring here.
 *
 * @param joiners the tokens of every node that will bootstrap
 */
public record ScenarioRing(RingDesign design, RingSettings settings, SortedMap<NodeId, List<Token>> joiners) {
    public static ScenarioRing of(Scenario scenario, long seed) {
        var partitioner = scenario.ring().partitioner();
        var randomness = Randomness.of(seed);
        var taken = new TreeSet<Token>();
        scenario.ring().nodes().forEach(node -> taken.addAll(node.tokens()));
        scenario.bootstraps().forEach(joining -> taken.addAll(joining.tokens()));
        var members = new ArrayList<RingDesign.Member>();
        for (var node : scenario.ring().nodes()) {
            var tokens = node.tokens().isEmpty()
                    ? RingDesign.drawTokens(partitioner, randomness, node.node(), node.numTokens(), taken)
                    : node.tokens();
            members.add(new RingDesign.Member(node.node(), node.location(), tokens));
        }
        var joiners = new TreeMap<NodeId, List<Token>>();
        for (var joining : scenario.bootstraps()) {
            joiners.put(
                    joining.node(),
                    joining.tokens().isEmpty()
                            ? RingDesign.drawTokens(partitioner, randomness, joining.node(), joining.numTokens(), taken)
                            : joining.tokens());
        }
        var design = new RingDesign(
                partitioner, members, keyspaces(scenario), tables(scenario, members), rowTables(scenario));
        return new ScenarioRing(design, settings(scenario), joiners);
    }

    private static List<Keyspace> keyspaces(Scenario scenario) {
        return scenario.keyspaces().stream()
                .map(spec -> new Keyspace(
                        spec.name(),
                        ReplicationStrategy.of(
                                spec.replication().className(),
                                spec.replication().options())))
                .toList();
    }

    private static List<RingDesign.Table> tables(Scenario scenario, List<RingDesign.Member> members) {
        var tables = new ArrayList<RingDesign.Table>();
        for (var keyspace : scenario.keyspaces()) {
            for (var table : keyspace.tables()) {
                var bytes = new TreeMap<NodeId, Long>();
                members.forEach(member -> bytes.put(member.node(), table.dataOn(member.node())));
                tables.add(new RingDesign.Table(new TableId(keyspace.name(), table.name()), bytes, table.sstables()));
            }
        }
        return tables;
    }

    private static List<RingDesign.RowTable> rowTables(Scenario scenario) {
        var tables = new ArrayList<RingDesign.RowTable>();
        for (var keyspace : scenario.keyspaces()) {
            for (var table : keyspace.rowTables()) {
                tables.add(new RingDesign.RowTable(
                        new TableId(keyspace.name(), table.name()), table.rows(), table.rowBytes()));
            }
        }
        return tables;
    }

    private static RingSettings settings(Scenario scenario) {
        var model = scenario.model();
        var profile = scenario.profile();
        var operations = OperationSettings.defaults()
                .withRingDelay(model.ringDelay())
                .withConsistentRangeMovement(profile != Profile.V0_6 && model.consistentRangeMovement());
        var streaming = (profile == Profile.V4_1 ? StreamingSettings.profile41() : StreamingSettings.profile21())
                .withThroughput(
                        model.streamThroughputOutbound().bytesPerSecond(),
                        model.interDcStreamThroughputOutbound().bytesPerSecond())
                .withRetries(model.maxStreamingRetries());
        var cluster = ClusterSettings.defaults(List.of());
        var detection = cluster.failureDetection().with(model.gossipInterval(), model.phiConvictThreshold());
        return RingSettings.defaults()
                .with(operations)
                .with(scenario.membership())
                .with(cluster.withGossipInterval(model.gossipInterval()).with(detection))
                .with(gossip(scenario))
                .with(streaming.withSocketTimeout(model.streamingSocketTimeout()))
                .with(storage(model.disk(), profile))
                .with(network(model.network()));
    }

    private static GossipSettings gossip(Scenario scenario) {
        var gossip = switch (scenario.profile()) {
            case V0_6 -> GossipSettings.profile06(List.of());
            case V2_1 -> GossipSettings.profile21(List.of());
            case V4_1 -> GossipSettings.profile41(List.of());
        };
        return gossip.withPartitioner(scenario.ring().partitioner().name())
                .withInterval(scenario.model().gossipInterval())
                .withThreshold(scenario.model().phiConvictThreshold());
    }

    private static StorageSettings storage(Model.Disk disk, Profile profile) {
        return StorageSettings.defaults()
                .with(sizes(profile))
                .withSpeed(disk.read().bytesPerSecond(), disk.write().bytesPerSecond())
                .withCapacity(disk.capacity());
    }

    /** What sections of SSTables cost under the profile. */
    public static SizeModel sizes(Profile profile) {
        return SizeModel.defaults().withEntireSSTables(profile == Profile.V4_1);
    }

    private static NetworkSettings network(Model.Network network) {
        var near = LinkQuality.of(network.latency()).withLoss(network.loss());
        var far = LinkQuality.of(network.interDcLatency()).withLoss(network.loss());
        var settings = NetworkSettings.defaults().withinDatacenters(near).betweenDatacenters(far);
        return settings.withBandwidth(
                network.bandwidth().isUnlimited()
                        ? NetworkSettings.UNLIMITED
                        : network.bandwidth().bytesPerSecond());
    }
}
