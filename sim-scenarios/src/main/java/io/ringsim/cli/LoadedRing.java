package io.ringsim.cli;

import io.ringsim.nodetool.DescribedReplicas;
import io.ringsim.nodetool.ImportedNode;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.nodetool.Liveness;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioRing;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ring given by {@code --ring}, from whatever file.
 *
 * @param file its name
 * @param imported when it came from operators' tools
 * @param scenario when it came from a scenario file, with {@code scenarioRing}
 */
record LoadedRing(
        String file,
        RingView view,
        List<Keyspace> keyspaces,
        Optional<ImportedRing> imported,
        Optional<Scenario> scenario,
        Optional<ScenarioRing> scenarioRing) {
    LoadedRing {
        keyspaces = List.copyOf(keyspaces);
    }

    /** What the tools said of a node, when they did. */
    Optional<ImportedNode> told(NodeId node) {
        return imported.flatMap(ring -> ring.node(node));
    }

    Optional<DescribedReplicas> described() {
        return imported.flatMap(ImportedRing::described);
    }

    boolean isDown(NodeId node) {
        return told(node).map(told -> told.liveness() == Liveness.DOWN).orElse(false);
    }

    boolean isUp(NodeId node) {
        return told(node).map(told -> told.liveness() == Liveness.UP).orElse(false);
    }

    /** The bytes each member reported. */
    SortedMap<NodeId, Long> loads() {
        var loads = new TreeMap<NodeId, Long>();
        imported.ifPresent(ring -> ring.nodes().stream()
                .filter(ImportedNode::isMember)
                .forEach(node -> node.load().ifPresent(load -> loads.put(node.node(), load))));
        return loads;
    }

    /** Members and joining nodes, each with its place. */
    SortedMap<NodeId, Location> locations() {
        var locations = new TreeMap<NodeId, Location>();
        view.ring().nodes().forEach(node -> locations.put(node, view.location(node)));
        view.joining().keySet().forEach(node -> locations.put(node, view.location(node)));
        return locations;
    }

    List<String> datacenters() {
        var names = new TreeSet<String>();
        locations().values().forEach(location -> names.add(location.datacenter()));
        return List.copyOf(names);
    }
}
