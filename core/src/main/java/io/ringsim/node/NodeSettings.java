package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.coordinator.Coordinator;
import io.ringsim.coordinator.CoordinatorSettings;
import io.ringsim.data.TableMetadata;
import io.ringsim.network.Network;
import io.ringsim.operation.OperationSettings;
import io.ringsim.operation.Removals;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import java.time.Duration;
import java.util.List;

/**
 * What a node is told before it starts.
 *
 * @param nobody the view in which nobody is known; nodes that share it share all equal views that follow from it
 * @param keyspaces the schema the node knows
 * @param tables those of the keyspaces that clients read and write
 * @param requests how long it waits for replicas when it serves clients
 * @param loadBroadcastDelay when it first reports its load (Cassandra: 2 s)
 * @param loadBroadcastPeriod how often after that (Cassandra: 60 s)
 */
public record NodeSettings(
        NodeId node,
        Location location,
        RingView nobody,
        List<Keyspace> keyspaces,
        List<TableMetadata> tables,
        OperationSettings operations,
        CoordinatorSettings requests,
        Duration loadBroadcastDelay,
        Duration loadBroadcastPeriod) {
    public NodeSettings {
        keyspaces = List.copyOf(keyspaces);
        tables = List.copyOf(tables);
    }

    public static NodeSettings defaults(NodeId node, Location location, RingView nobody, List<Keyspace> keyspaces) {
        return new NodeSettings(
                node,
                location,
                nobody,
                keyspaces,
                List.of(),
                OperationSettings.defaults(),
                CoordinatorSettings.defaults(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));
    }

    public NodeSettings withOperations(OperationSettings settings) {
        return new NodeSettings(
                node, location, nobody, keyspaces, tables, settings, requests, loadBroadcastDelay, loadBroadcastPeriod);
    }

    public NodeSettings withTables(List<TableMetadata> known) {
        return new NodeSettings(
                node,
                location,
                nobody,
                keyspaces,
                known,
                operations,
                requests,
                loadBroadcastDelay,
                loadBroadcastPeriod);
    }

    public NodeSettings withRequests(CoordinatorSettings settings) {
        return new NodeSettings(
                node,
                location,
                nobody,
                keyspaces,
                tables,
                operations,
                settings,
                loadBroadcastDelay,
                loadBroadcastPeriod);
    }

    /** The coordinator of a node that starts, as its child. */
    ActorRef<Coordinator.Command> coordinator(
            ActorContext<?> parent, int generation, Network network, ActorRef<LocalStore.Command> store) {
        var setup = new Coordinator.Setup(node, generation, network, store, keyspaces, tables, requests);
        return parent.spawn(Coordinator.create(setup), "coordinator");
    }

    /** The part of a node that takes part in removals, as its child. */
    ActorRef<Removals.Command> removals(
            ActorContext<?> parent, int generation, Network network, ActorRef<RangeStreamer.Command> streamer) {
        var setup = new Removals.Setup(node, generation, keyspaces, network, streamer);
        return parent.spawn(Removals.create(setup), "removals");
    }

    public String schema() {
        return schemaOf(keyspaces);
    }

    /** A digest of the schema: nodes that know the same keyspaces have the same. */
    public static String schemaOf(List<Keyspace> keyspaces) {
        return Integer.toHexString(keyspaces.toString().hashCode());
    }
}
