package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Takes all nodes of a host out of the ring, one after the other, the data of each going to those that remain. It is not begun
 * unless all of them can leave, by the ring as it is then. When one fails, those before it have left, it is LEAVING, and doing it
 * all again goes on where it stopped.
 */
final class HostLeave {
    interface Command {}

    private record Seen(Node.State state) implements Command {}

    private record Ended(Operation.Outcome outcome) implements Command {}

    private record Gone(NodeId node) implements Command {}

    private final ActorContext<Command> context;
    private final SortedMap<NodeId, ActorRef<Node.Command>> nodes;
    private final List<Keyspace> keyspaces;
    private final boolean force;
    private final ActorRef<? super Operation.Outcome> replyTo;

    private HostLeave(
            ActorContext<Command> context,
            SortedMap<NodeId, ActorRef<Node.Command>> nodes,
            List<Keyspace> keyspaces,
            boolean force,
            ActorRef<? super Operation.Outcome> replyTo) {
        this.context = context;
        this.nodes = nodes;
        this.keyspaces = keyspaces;
        this.force = force;
        this.replyTo = replyTo;
    }

    /**
     * Begins with a look at all of them.
     *
     * @param nodes those of the host, all of which run
     * @param force whether to go on although fewer nodes than a keyspace has replicas would remain
     */
    static Behavior<Command> create(
            SortedMap<NodeId, ActorRef<Node.Command>> nodes,
            List<Keyspace> keyspaces,
            boolean force,
            ActorRef<? super Operation.Outcome> replyTo) {
        return Behaviors.setup(context -> {
            var leave = new HostLeave(context, nodes, keyspaces, force, replyTo);
            var looker = context.messageAdapter(Node.State.class, Seen::new);
            nodes.forEach((node, actor) -> {
                context.watchWith(actor, new Gone(node));
                actor.tell(new Node.GetState(looker));
            });
            return leave.looking(List.of());
        });
    }

    /** Waiting for what each node is. Next: the first one leaves, or nothing is begun. */
    private Behavior<Command> looking(List<Node.State> seen) {
        if (seen.size() == nodes.size()) {
            var refusal = whyNot(seen);
            return refusal.isPresent()
                    ? ended(new Operation.Refused(refusal.get()))
                    : next(members(seen), List.of(), List.of());
        }
        return Behaviors.receive(Command.class)
                .onMessage(Seen.class, one -> {
                    var more = new ArrayList<>(seen);
                    more.add(one.state());
                    return looking(more);
                })
                .onMessage(Gone.class, gone -> ended(new Operation.Refused(gone.node() + " stopped")))
                .build();
    }

    private static List<NodeId> members(List<Node.State> seen) {
        return seen.stream()
                .filter(state -> !state.mode().hasLeft())
                .map(Node.State::node)
                .sorted()
                .toList();
    }

    /** Each after those before it, as the first sees the ring. */
    private Optional<String> whyNot(List<Node.State> seen) {
        for (var state : seen) {
            if (state.mode() == Mode.STARTING || state.mode() == Mode.JOINING) {
                return Optional.of(state.node() + " is " + state.mode() + ", and can leave when it is a member");
            }
        }
        var members = members(seen);
        if (members.isEmpty()) {
            return Optional.of("all nodes of this host have left already");
        }
        var view = seen.stream()
                .filter(state -> !state.mode().hasLeft())
                .findFirst()
                .orElseThrow()
                .surroundings()
                .view();
        for (var node : members) {
            if (RangeMovement.decommission(view, keyspaces, node, force) instanceof Refusal refusal) {
                return Optional.of(refusal.reason());
            }
            view = view.without(node);
        }
        return Optional.empty();
    }

    private Behavior<Command> next(List<NodeId> waiting, List<NodeId> left, List<SessionResult> sessions) {
        if (waiting.isEmpty()) {
            return ended(new Operation.Completed(sessions));
        }
        var node = waiting.get(0);
        var actor = nodes.get(node);
        if (actor == null) {
            throw new IllegalStateException(node + " is none of " + nodes.keySet());
        }
        actor.tell(new Node.Decommission(force, context.messageAdapter(Operation.Outcome.class, Ended::new)));
        return leaving(waiting, left, sessions);
    }

    /** Waiting until the first of those has left. Next: the one after it, or the end. */
    private Behavior<Command> leaving(List<NodeId> waiting, List<NodeId> left, List<SessionResult> sessions) {
        var node = waiting.get(0);
        return Behaviors.receive(Command.class)
                .onMessage(Ended.class, ended -> {
                    var all = new ArrayList<>(sessions);
                    all.addAll(ended.outcome().sessions());
                    if (!(ended.outcome() instanceof Operation.Completed)) {
                        return failed(node + ": " + Outcomes.reason(ended.outcome()), left, all);
                    }
                    var gone = new ArrayList<>(left);
                    gone.add(node);
                    return next(waiting.subList(1, waiting.size()), gone, all);
                })
                .onMessage(
                        Gone.class,
                        gone -> waiting.contains(gone.node())
                                ? failed(gone.node() + " stopped", left, sessions)
                                : Behaviors.same())
                .build();
    }

    private Behavior<Command> failed(String why, List<NodeId> left, List<SessionResult> sessions) {
        return ended(new Operation.Failed(left.isEmpty() ? why : "after " + left + " left, " + why, sessions));
    }

    private Behavior<Command> ended(Operation.Outcome outcome) {
        replyTo.tell(outcome);
        return Behaviors.stopped();
    }
}
