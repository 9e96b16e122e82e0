package io.ringsim.scenario;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.List;

/** The ring as it stands when the scenario begins: every node a member, up, with its data. */
public record RingSpec(Partitioner partitioner, List<Datacenter> datacenters) {
    public RingSpec {
        datacenters = List.copyOf(datacenters);
    }

    /**
     * One datacenter.
     *
     * @param racks the racks there are, also those no node stands in yet
     * @param numTokens how many tokens a node gets that says nothing else
     */
    public record Datacenter(String name, List<String> racks, int numTokens, List<Node> nodes) {
        public Datacenter {
            racks = List.copyOf(racks);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * One node.
     *
     * @param tokens its tokens; empty when the seed draws {@code numTokens} of them
     */
    public record Node(NodeId node, Location location, int numTokens, List<Token> tokens) {
        public Node {
            tokens = List.copyOf(tokens);
        }
    }

    /** All nodes, datacenter by datacenter. */
    public List<Node> nodes() {
        return datacenters.stream()
                .flatMap(datacenter -> datacenter.nodes().stream())
                .toList();
    }
}
