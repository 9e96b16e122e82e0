package io.ringsim.node;

import io.ringsim.operation.OperationSettings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import java.time.Duration;
import java.util.List;

/**
 * What a node is told before it starts.
 *
 * @param nobody the view in which nobody is known; nodes that share it share all equal views that follow from it
 * @param keyspaces the schema the node knows
 * @param loadBroadcastDelay when it first reports its load (Cassandra: 2 s)
 * @param loadBroadcastPeriod how often after that (Cassandra: 60 s)
 */
public record NodeSettings(
        NodeId node,
        Location location,
        RingView nobody,
        List<Keyspace> keyspaces,
        OperationSettings operations,
        Duration loadBroadcastDelay,
        Duration loadBroadcastPeriod) {
    public NodeSettings {
        keyspaces = List.copyOf(keyspaces);
    }

    public static NodeSettings defaults(NodeId node, Location location, RingView nobody, List<Keyspace> keyspaces) {
        return new NodeSettings(
                node,
                location,
                nobody,
                keyspaces,
                OperationSettings.defaults(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));
    }

    public NodeSettings withOperations(OperationSettings settings) {
        return new NodeSettings(node, location, nobody, keyspaces, settings, loadBroadcastDelay, loadBroadcastPeriod);
    }

    public String schema() {
        return schemaOf(keyspaces);
    }

    /** A digest of the schema: nodes that know the same keyspaces have the same. */
    public static String schemaOf(List<Keyspace> keyspaces) {
        return Integer.toHexString(keyspaces.toString().hashCode());
    }
}
