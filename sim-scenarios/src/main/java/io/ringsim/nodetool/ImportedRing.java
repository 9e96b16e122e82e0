package io.ringsim.nodetool;

import io.ringsim.input.Problem;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Status;
import io.ringsim.ring.TokenRing;
import java.util.List;
import java.util.Optional;

/**
 * A ring as the tools tell of it.
 *
 * @param nodes in the order the tools name them
 * @param described the replicas {@code describering} listed, when it did
 * @param warnings what a reader should know though the ring can be used
 */
public record ImportedRing(
        Partitioner partitioner,
        List<ImportedNode> nodes,
        Optional<DescribedReplicas> described,
        List<Problem> warnings) {
    public ImportedRing {
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }

    public Optional<ImportedNode> node(NodeId id) {
        return nodes.stream().filter(node -> node.node().equals(id)).findFirst();
    }

    /** The names of the datacenters, in the order they come. */
    public List<String> datacenters() {
        return nodes.stream()
                .map(node -> node.location().datacenter())
                .distinct()
                .toList();
    }

    /** Whether every node's tokens are known. */
    public boolean hasTokens() {
        return nodes.stream().noneMatch(node -> node.tokens().isEmpty());
    }

    /** What an up-to-date node of the ring believes of it. */
    public RingView view() {
        var members = nodes.stream()
                .filter(ImportedNode::isMember)
                .map(node -> new TokenRing.Member(node.node(), node.location(), node.tokens()))
                .toList();
        RingView view = RingView.of(TokenRing.of(partitioner, members));
        for (ImportedNode node : nodes) {
            if (node.state() == State.JOINING) {
                view = view.with(endpoint(node, Status.BOOT));
            } else if (node.state() == State.LEAVING) {
                view = view.with(endpoint(node, Status.LEAVING));
            }
        }
        return view;
    }

    private static Endpoint endpoint(ImportedNode node, Status status) {
        return new Endpoint(
                node.node(),
                node.location(),
                1,
                1,
                status,
                node.tokens(),
                List.of(),
                "",
                node.load().orElse(0));
    }
}
