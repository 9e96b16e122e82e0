package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.Coordinator;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Mutation;
import io.ringsim.data.PartitionQuery;
import io.ringsim.network.Network;
import io.ringsim.operation.Operation;
import io.ringsim.operation.OperationContext;
import io.ringsim.operation.Removals;
import io.ringsim.operation.Surroundings;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.NodeRecord.Stage;
import io.ringsim.spi.RangeStreamer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node of the ring: owns its view of the ring, its three subsystems, and at most one running operation.
 *
 * <p>At its start it recalls what it was and looks around in the ring. A member then announces itself NORMAL again, unless
 * others removed it meanwhile; a node that left or was removed stays out; any other waits to be told whether to {@link
 * Join}, to {@link Bootstrap} or to {@link Replace}. It is the only writer of what it remembers.
 */
public final class Node extends AbstractBehavior<Node.Command> {
    /** Commands that may arrive before the node has recalled what it was. */
    private static final int EARLY_COMMANDS_MAX = 1_000;

    public sealed interface Command {}

    /** Becomes a member at once, with these tokens and without any data (auto_bootstrap: false). */
    public record Join(List<Token> tokens, ActorRef<? super Operation.Outcome> replyTo) implements Command {
        public Join {
            tokens = List.copyOf(tokens);
        }
    }

    /** Becomes a member with its data; a JOINING node goes on with its own tokens where it stopped. */
    public record Bootstrap(List<Token> tokens, ActorRef<? super Operation.Outcome> replyTo) implements Command {
        public Bootstrap {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * Becomes a member in a dead one's place, with its tokens and data; {@code dead} may be this node's own name, which is
     * the remedy when its directory was lost. A JOINING node goes on where it stopped.
     */
    public record Replace(NodeId dead, ActorRef<? super Operation.Outcome> replyTo) implements Command {}

    /** Leaves the ring; {@code force} also when fewer nodes than the replication factor would remain. */
    public record Decommission(boolean force, ActorRef<? super Operation.Outcome> replyTo) implements Command {}

    /** Takes a dead node out of the ring, whose data is restored from the replicas that are left. */
    public record RemoveNode(NodeId dead, ActorRef<? super Operation.Outcome> replyTo) implements Command {}

    /** Ends the removal that this node runs without waiting for the data; does nothing when it runs none. */
    public record ForceRemoval() implements Command {}

    /** Ends the running operation as failed. */
    public record CancelOperation(String reason) implements Command {}

    /** Writes for a client; the outcome is told within the time for a write. */
    public record Write(Mutation mutation, ConsistencyLevel level, ActorRef<? super WriteOutcome> replyTo)
            implements Command {}

    /** Reads for a client; the outcome is told within the time for a read. */
    public record Read(PartitionQuery query, ConsistencyLevel level, ActorRef<? super ReadOutcome> replyTo)
            implements Command {}

    /** Asks what the node is and believes. */
    public record GetState(ActorRef<? super State> replyTo) implements Command {}

    record Recalled(NodeRecord record) implements Command {}

    record MembershipNews(Membership.Event event) implements Command {}

    record OperationNews(Operation.Event event) implements Command {}

    record StreamNews(RangeStreamer.Event event) implements Command {}

    /** What the node is and believes at one moment. */
    public record State(NodeId node, Mode mode, Surroundings surroundings, NodeRecord record) {}

    /** What a watcher of the node is told. */
    public sealed interface Event {}

    public record ModeChanged(NodeId node, Mode mode) implements Event {}

    /** An operation of the node came to a step, streamed, or ended. */
    public record OperationMoved(NodeId node, String operation, Operation.Event event) implements Event {}

    /** A stream session of the node moved on, whoever began it. */
    public record Streamed(NodeId node, RangeStreamer.Event event) implements Event {}

    private final NodeSettings settings;
    private final ActorRef<Membership.Command> membership;
    private final ActorRef<RangeStreamer.Command> streamer;
    private final ActorRef<LocalStore.Command> store;
    private final ActorRef<Coordinator.Command> coordinator;
    private final Network network;
    private final ActorRef<? super Event> watcher;
    private final OperationSlot operations;

    private NodeRecord record;
    private Surroundings surroundings;
    private Mode mode = Mode.STARTING;
    private int plans;
    private @Nullable ActorRef<LoadBroadcast.Command> loadBroadcast;
    private @Nullable ActorRef<Removals.Command> removals;

    /**
     * A node that starts now.
     *
     * @param watcher told of its modes and of its operations' steps
     */
    public static Behavior<Command> create(
            NodeSettings settings, Subsystems subsystems, ActorRef<? super Event> watcher) {
        return Behaviors.setup(context -> Behaviors.withStash(EARLY_COMMANDS_MAX, stash -> {
            var store = subsystems.store(context, settings.node());
            store.tell(new LocalStore.Recall(context.messageAdapter(NodeRecord.class, Recalled::new)));
            return recalling(context, stash, settings, subsystems, store, watcher);
        }));
    }

    /** Waiting for what the node was. Next: the node itself. */
    private static Behavior<Command> recalling(
            ActorContext<Command> context,
            StashBuffer<Command> stash,
            NodeSettings settings,
            Subsystems subsystems,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super Event> watcher) {
        return Behaviors.receive(Command.class)
                .onMessage(
                        Recalled.class,
                        recalled -> stash.unstashAll(
                                new Node(context, settings, subsystems, store, watcher, recalled.record())))
                .onAnyMessage(early -> {
                    stash.stash(early);
                    return Behaviors.same();
                })
                .build();
    }

    private Node(
            ActorContext<Command> context,
            NodeSettings settings,
            Subsystems subsystems,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super Event> watcher,
            NodeRecord last) {
        super(context);
        this.settings = settings;
        this.store = store;
        this.watcher = watcher;
        this.operations = new OperationSlot(context);
        this.record = last.startedAt(Clock.of(context.getSystem()).instant());
        this.surroundings = Surroundings.alone(settings.nobody().withAll(record.peers()));
        var self = new Subsystems.Self(settings.node(), settings.location(), record, settings.schema());
        this.membership = subsystems.membership(context, self);
        this.streamer = subsystems.streamer(
                context, self, store, context.messageAdapter(RangeStreamer.Event.class, StreamNews::new));
        this.network = subsystems.network();
        this.coordinator = settings.coordinator(context, record.generation(), network, store);
        remember(record);
        start();
    }

    private void start() {
        if (record.stage() == Stage.DECOMMISSIONED || record.stage() == Stage.REMOVED) {
            become(record.stage() == Stage.REMOVED ? Mode.DRAINED : Mode.DECOMMISSIONED);
            return;
        }
        var listener = getContext().messageAdapter(Membership.Event.class, MembershipNews::new);
        membership.tell(new Membership.Start(listener, !record.isMember()));
        loadBroadcast = getContext().spawn(LoadBroadcast.create(settings, store, membership), "load-broadcast");
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Join.class, this::onJoin)
                .onMessage(Bootstrap.class, this::onBootstrap)
                .onMessage(Replace.class, this::onReplace)
                .onMessage(Decommission.class, this::onDecommission)
                .onMessage(RemoveNode.class, this::onRemoveNode)
                .onMessage(ForceRemoval.class, force -> tellOperation(Operation.Force.INSTANCE))
                .onMessage(CancelOperation.class, cancel -> tellOperation(new Operation.Cancel(cancel.reason())))
                .onMessage(Write.class, this::onWrite)
                .onMessage(Read.class, this::onRead)
                .onMessage(GetState.class, asked -> {
                    asked.replyTo().tell(new State(settings.node(), mode, surroundings, record));
                    return this;
                })
                .onMessage(MembershipNews.class, news -> onMembership(news.event()))
                .onMessage(OperationNews.class, news -> onOperation(news.event()))
                .onMessage(StreamNews.class, news -> {
                    watcher.tell(new Streamed(settings.node(), news.event()));
                    return this;
                })
                .build();
    }

    private Behavior<Command> onJoin(Join join) {
        return begin(
                "join",
                admission().whyNotJoin(),
                operation -> io.ringsim.operation.Join.create(operation, join.tokens(), surroundings),
                join.replyTo());
    }

    private Behavior<Command> onBootstrap(Bootstrap command) {
        var tokens = record.tokens().isEmpty() ? command.tokens() : record.tokens();
        return begin(
                "bootstrap",
                admission().whyNotBootstrap(),
                operation -> mode == Mode.JOINING
                        ? io.ringsim.operation.Bootstrap.resume(operation, tokens, surroundings)
                        : io.ringsim.operation.Bootstrap.create(operation, tokens, surroundings),
                command.replyTo());
    }

    private Behavior<Command> onReplace(Replace command) {
        return begin(
                "replace",
                admission().whyNotReplace(),
                operation -> mode == Mode.JOINING
                        ? io.ringsim.operation.Replace.resume(operation, command.dead(), surroundings)
                        : io.ringsim.operation.Replace.create(operation, command.dead(), surroundings),
                command.replyTo());
    }

    private Behavior<Command> onDecommission(Decommission command) {
        return begin(
                "decommission",
                admission().whyNotDecommission(),
                operation -> io.ringsim.operation.Decommission.create(operation, command.force(), surroundings),
                command.replyTo());
    }

    private Behavior<Command> onRemoveNode(RemoveNode command) {
        return begin(
                Admission.REMOVE_NODE,
                admission().whyNotRemoveNode(),
                operation ->
                        io.ringsim.operation.RemoveNode.create(operation, removals(), command.dead(), surroundings),
                command.replyTo());
    }

    private Behavior<Command> tellOperation(Operation.Command command) {
        operations.tell(command);
        return this;
    }

    private Behavior<Command> onWrite(Write write) {
        coordinator.tell(new Coordinator.Write(write.mutation(), write.level(), believed(), write.replyTo()));
        return this;
    }

    private Behavior<Command> onRead(Read read) {
        coordinator.tell(new Coordinator.Read(read.query(), read.level(), believed(), read.replyTo()));
        return this;
    }

    private Coordinator.Believed believed() {
        return new Coordinator.Believed(surroundings.view(), surroundings.up());
    }

    private Behavior<Command> onMembership(Membership.Event event) {
        var before = surroundings.view();
        surroundings = surroundings.after(event, settings.schema());
        var news = event instanceof Membership.EndpointsChanged changed ? changed.endpoints() : List.<Endpoint>of();
        surroundings.view().ousted(before, news).forEach(ousted -> membership.tell(new Membership.Forget(ousted)));
        news.forEach(this::onNews);
        if (event instanceof Membership.LookedAround && record.isMember()) {
            membership.tell(new Membership.Announce(Status.NORMAL, record.tokens(), List.of()));
        }
        operations.tell(new Operation.RingChanged(surroundings));
        if (removals != null || news.stream().anyMatch(endpoint -> endpoint.status() == Status.REMOVING)) {
            removals().tell(new Removals.RingChanged(surroundings, news));
        }
        return this;
    }

    /**
     * Of itself a node hears what it says in this life; what it was in an earlier one; and that others removed it, which
     * keeps it out if it is or was a member with that disk.
     */
    private void onNews(Endpoint endpoint) {
        if (!endpoint.node().equals(settings.node()) || mode.hasLeft()) {
            return;
        }
        boolean isEarlier = endpoint.generation() < record.generation();
        if (endpoint.status().isByOthers()) {
            boolean wasMember = mode == Mode.STARTING && record.isMember();
            if (!isEarlier || wasMember) {
                drain();
            }
        } else if (!isEarlier) {
            become(Mode.of(endpoint.status()));
        }
    }

    /** Others removed it when they took it for dead: it stays out, and serves nobody. */
    private void drain() {
        become(Mode.DRAINED);
        remember(record.with(Stage.REMOVED));
        surroundings = surroundings.withView(surroundings.view().without(settings.node()));
        membership.tell(Membership.Stop.INSTANCE);
        operations.tell(new Operation.Cancel(settings.node() + " was removed from the ring by others"));
    }

    private Behavior<Command> onOperation(Operation.Event event) {
        watcher.tell(new OperationMoved(settings.node(), operations.name().orElseThrow(), event));
        if (event instanceof Operation.Remember what && mode != Mode.DRAINED) {
            remember(record.with(what.stage()).withTokens(what.tokens()).withDone(what.done()));
        } else if (event instanceof Operation.Ended ended) {
            if (record.stage() == Stage.DECOMMISSIONED) {
                membership.tell(Membership.Stop.INSTANCE);
            }
            operations.end(ended.outcome());
        }
        return this;
    }

    private Behavior<Command> begin(
            String name,
            Optional<String> refusal,
            Function<OperationContext, Behavior<Operation.Command>> operation,
            ActorRef<? super Operation.Outcome> replyTo) {
        if (refusal.isPresent()) {
            replyTo.tell(new Operation.Refused(refusal.get()));
        } else {
            var begun = operation.apply(operation());
            operations.begin(name, plans, begun, replyTo);
        }
        return this;
    }

    private Admission admission() {
        return new Admission(settings.node(), mode, record.stage(), operations.name());
    }

    /** Begun when there is a removal; until then it would only open an inbox for nothing. */
    private ActorRef<Removals.Command> removals() {
        if (removals == null) {
            removals = settings.removals(getContext(), record.generation(), network, streamer);
        }
        return removals;
    }

    private OperationContext operation() {
        plans++;
        return new OperationContext(
                settings.node(),
                settings.location(),
                settings.node() + "-" + record.generation() + "-" + plans,
                settings.keyspaces(),
                settings.schema(),
                settings.operations(),
                record,
                membership,
                streamer,
                getContext().messageAdapter(Operation.Event.class, OperationNews::new));
    }

    private void remember(NodeRecord next) {
        record = next;
        store.tell(new LocalStore.Remember(next));
    }

    private void become(Mode next) {
        if (mode != next) {
            mode = next;
            watcher.tell(new ModeChanged(settings.node(), next));
            if (next.hasLeft() && loadBroadcast != null) {
                getContext().stop(loadBroadcast);
            }
        }
    }
}
