package io.ringsim.scenario;

import io.ringsim.node.Mode;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.sim.RunningOperation;
import io.ringsim.sim.SimulatedNode;
import io.ringsim.sim.SimulatedRing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks nodes for what the timeline says an operator asks. */
final class Operator {
    private final SimulatedRing ring;
    private final Map<NodeId, List<Token>> joiners;

    /**
     * The operator of a ring.
     *
     * @param joiners the tokens that nodes bootstrap with
     */
    Operator(SimulatedRing ring, Map<NodeId, List<Token>> joiners) {
        this.ring = ring;
        this.joiners = joiners;
    }

    RunningOperation begin(Operation operation) {
        if (operation instanceof Operation.Remove remove) {
            return remove(remove);
        }
        var known = find(operation.node());
        if (operation instanceof Operation.Replace replace) {
            return replace(replace, known);
        }
        if (known.isPresent() && !known.get().isRunning()) {
            return refused(operation, operation.node() + " is not running");
        }
        if (operation instanceof Operation.Bootstrap bootstrap) {
            return known.orElseGet(() -> ring.add(
                            bootstrap.node(), bootstrap.location(), joiners.getOrDefault(bootstrap.node(), List.of())))
                    .bootstrap();
        }
        var node = ring.node(operation.node());
        if (operation instanceof Operation.Decommission decommission) {
            return node.decommission(decommission.force());
        }
        return node.resume();
    }

    /** The dead one itself starts with an empty disk; a new node with the tokens of the dead one. */
    private RunningOperation replace(Operation.Replace replace, Optional<SimulatedNode> known) {
        if (replace.isItself() && known.isPresent() && !known.get().isRunning()) {
            known.get().loseDisk();
            known.get().restart();
        }
        var node = known.orElseGet(() -> ring.add(
                replace.node(), replace.location(), ring.node(replace.dead()).tokens()));
        return node.replace(replace.dead().value());
    }

    private RunningOperation remove(Operation.Remove remove) {
        var by = remove.by().isPresent() ? remove.by().flatMap(this::find) : anyMemberBut(remove.node());
        return by.filter(SimulatedNode::isRunning)
                .map(node -> node.remove(remove.node()))
                .orElseGet(() -> refused(
                        remove,
                        remove.by().map(node -> node + " is not running").orElse("no other member is free")));
    }

    private Optional<SimulatedNode> anyMemberBut(NodeId dead) {
        return ring.nodes().stream()
                .filter(node -> node.isRunning()
                        && node.mode() == Mode.NORMAL
                        && !node.id().equals(dead)
                        && node.operation()
                                .filter(operation -> !operation.isDone())
                                .isEmpty())
                .findFirst();
    }

    private RunningOperation refused(Operation operation, String reason) {
        return RunningOperation.refused(operation.name(), operation.node(), ring.now(), reason);
    }

    /** The removal by which a node is out of the ring. */
    static Optional<RunningOperation> removal(SimulatedRing ring, NodeId node) {
        return ring.operations().stream()
                .filter(operation ->
                        operation.name().equals("remove") && operation.node().equals(node) && operation.isCompleted())
                .findFirst();
    }

    private Optional<SimulatedNode> find(NodeId id) {
        return ring.nodes().stream().filter(node -> node.id().equals(id)).findFirst();
    }
}
