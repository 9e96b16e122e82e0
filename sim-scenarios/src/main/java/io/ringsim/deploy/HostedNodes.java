package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.NodeRecord.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The nodes of a host, and what is known of each. */
final class HostedNodes {
    /** How the activity of a node begins that removes another. */
    private static final String REMOVING = "removenode: ";

    private final SortedMap<NodeId, HostedNode> known = new TreeMap<>();
    private final SortedMap<NodeId, ActorRef<Node.Command>> actors = new TreeMap<>();
    private final SortedSet<NodeId> newcomers = new TreeSet<>();

    HostedNodes(Collection<NodeId> nodes) {
        nodes.forEach(node -> known.put(node, HostedNode.of(node)));
    }

    List<HostedNode> all() {
        return List.copyOf(known.values());
    }

    List<NodeId> running() {
        return List.copyOf(actors.keySet());
    }

    /** Those that run. */
    SortedMap<NodeId, ActorRef<Node.Command>> actors() {
        return new TreeMap<>(actors);
    }

    Optional<ActorRef<Node.Command>> actor(NodeId node) {
        return Optional.ofNullable(actors.get(node));
    }

    void started(NodeId node, ActorRef<Node.Command> actor) {
        actors.put(node, actor);
        change(node, is -> is.running(true));
    }

    void recalled(NodeId node, NodeRecord record) {
        if (record.stage() == Stage.NEEDS_BOOTSTRAP || record.stage() == Stage.IN_PROGRESS) {
            newcomers.add(node);
        }
        change(node, is -> is.withGeneration(record.generation()));
    }

    /** Whether all that run have said what they were. */
    boolean allRecalled() {
        return known.values().stream().allMatch(node -> !node.running() || node.generation() > 0);
    }

    /** Those that run and were no members when they started, in order. */
    List<HostJoin.Candidate> newcomers(Function<NodeId, List<Token>> tokens) {
        var all = new ArrayList<HostJoin.Candidate>();
        actors.forEach((node, actor) -> {
            if (newcomers.contains(node)) {
                all.add(new HostJoin.Candidate(node, actor, tokens.apply(node)));
            }
        });
        return all;
    }

    void problem(NodeId node, Optional<String> what) {
        change(node, is -> is.with(what));
    }

    /** What those said that have started. */
    List<Node.ModeChanged> modes() {
        return all().stream()
                .filter(node -> node.mode() != Mode.STARTING)
                .map(node -> new Node.ModeChanged(node.node(), node.mode()))
                .toList();
    }

    void heard(Node.Event event) {
        if (event instanceof Node.ModeChanged changed) {
            change(changed.node(), is -> is.with(changed.mode()));
        } else if (event instanceof Node.OperationMoved moved) {
            if (moved.event() instanceof Operation.Step step) {
                change(moved.node(), is -> is.doing(moved.operation() + ": " + step.text()));
            } else if (moved.event() instanceof Operation.Ended) {
                change(moved.node(), is -> is.doing(""));
            }
        }
    }

    /** Which node it was, if it was one. */
    Optional<NodeId> stopped(ActorRef<?> actor) {
        var node = actors.entrySet().stream()
                .filter(each -> each.getValue().equals(actor))
                .map(Map.Entry::getKey)
                .findFirst();
        node.ifPresent(gone -> {
            actors.remove(gone);
            change(gone, is -> is.running(false));
        });
        return node;
    }

    /** The first that is a member and free does it; what is forced is done by who is at it. */
    void remove(RingHost.Remove command) {
        var removing = actorsOf(node -> node.activity().startsWith(REMOVING));
        if (command.force()) {
            removing.forEach(node -> node.tell(new Node.ForceRemoval()));
            command.replyTo()
                    .tell(
                            removing.isEmpty()
                                    ? new Operation.Refused("No nodes to force removal on, call 'removenode' first")
                                    : new Operation.Completed(List.of()));
            return;
        }
        actorsOf(node -> node.mode() == Mode.NORMAL && !node.node().equals(command.dead())).stream()
                .findFirst()
                .ifPresentOrElse(
                        node -> node.tell(new Node.RemoveNode(command.dead(), command.replyTo())),
                        () -> command.replyTo()
                                .tell(new Operation.Refused("no other node of this host is a member of the ring")));
    }

    private List<ActorRef<Node.Command>> actorsOf(Predicate<HostedNode> which) {
        var chosen = new ArrayList<ActorRef<Node.Command>>();
        actors.forEach((node, actor) -> {
            if (Optional.ofNullable(known.get(node)).filter(which).isPresent()) {
                chosen.add(actor);
            }
        });
        return chosen;
    }

    /** Why nothing can be asked of a node. */
    String whyNot(NodeId node) {
        var is = known.get(node);
        if (is == null) {
            return "this host has no node " + node + "; it has " + known.keySet();
        }
        return node + " does not run" + is.problem().map(why -> ": " + why).orElse("");
    }

    /** Why not all of them can be asked something; nothing when all run. */
    Optional<String> whyNotAll() {
        return known.values().stream()
                .filter(node -> !node.running())
                .findFirst()
                .map(node -> whyNot(node.node()));
    }

    private void change(NodeId node, UnaryOperator<HostedNode> how) {
        known.computeIfPresent(node, (any, is) -> how.apply(is));
    }
}
