package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Place;
import io.ringsim.input.Problems;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Yaml;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scenario has named so far, so that the rest can be checked against it. */
final class Known {
    private record Owner(NodeId node, Place place) {}

    private final Problems problems;
    private final Map<NodeId, Place> nodes = new LinkedHashMap<>();
    private final Map<Token, Owner> tokens = new HashMap<>();
    private RingSpec ring = new RingSpec(Partitioner.MURMUR3, List.of());
    private List<String> keyspaces = List.of();

    Known(Problems problems) {
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    RingSpec ring() {
        return ring;
    }

    void ring(RingSpec newRing) {
        ring = newRing;
    }

    void keyspaces(List<KeyspaceSpec> specs) {
        keyspaces = specs.stream().map(KeyspaceSpec::name).toList();
    }

    List<String> datacenters() {
        return ring.datacenters().stream().map(RingSpec.Datacenter::name).toList();
    }

    boolean isKeyspace(String name) {
        return keyspaces.contains(name);
    }

    List<String> keyspaceNames() {
        return keyspaces;
    }

    boolean isMember(NodeId node) {
        return ring.nodes().stream().anyMatch(member -> member.node().equals(node));
    }

    /** A new node; false, and an error, when there is one of that name. */
    boolean addNode(NodeId node, Place place) {
        Place before = nodes.putIfAbsent(node, place);
        if (before != null) {
            Keys.error(
                    problems,
                    place,
                    node + " is there already, named in line " + before.line(),
                    "give each node its own name");
        }
        return before == null;
    }

    /** The node a value names. */
    Optional<NodeId> node(Yaml value, String key) {
        return Keys.text(value, key, problems).flatMap(name -> {
            Optional<NodeId> node = nodes.keySet().stream()
                    .filter(known -> known.value().equals(name))
                    .findFirst();
            if (node.isEmpty()) {
                Keys.error(problems, value.place(), "there is no node " + name, nodeRemedy(name));
            }
            return node;
        });
    }

    String nodeRemedy(String name) {
        var names = new ArrayList<String>();
        nodes.keySet().forEach(node -> names.add(node.value()));
        return names.size() <= 12 || Suggestion.closest(name, names).isPresent()
                ? Suggestion.remedy(name, names)
                : "there are " + names.size() + " nodes, " + names.get(0) + " to " + names.get(names.size() - 1);
    }

    /** A token of a node; nothing, and an error, when it is none or belongs to another node already. */
    Optional<Token> token(Yaml value, NodeId node, Partitioner partitioner) {
        return Keys.read(value, "token", partitioner::parse, problems).flatMap(token -> {
            Owner before = tokens.putIfAbsent(token, new Owner(node, value.place()));
            if (before == null) {
                return Optional.of(token);
            }
            Keys.error(
                    problems,
                    value.place(),
                    "token " + token + " is already "
                            + (before.node().equals(node) ? "its own" : "that of " + before.node()) + ", in line "
                            + before.place().line(),
                    "each token belongs to one node");
            return Optional.empty();
        });
    }
}
