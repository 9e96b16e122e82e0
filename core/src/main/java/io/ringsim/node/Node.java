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
import io.ringsim.operation.Operation;
import io.ringsim.operation.OperationContext;
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
 * <p>At its start it recalls what it was: a member announces itself NORMAL again, a decommissioned node stays out, any
 * other waits to be told whether to {@link Join}, to {@link Bootstrap} or to {@link Replace}. It is the only writer of
 * what it remembers.
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

    enum BroadcastLoad implements Command {
        INSTANCE
    }

    record Measured(LocalStore.Load load) implements Command {}

    /** What the node is and believes at one moment. */
    public record State(NodeId node, Mode mode, Surroundings surroundings, NodeRecord record) {}

    /** What a watcher of the node is told. */
    public sealed interface Event {}

    public record ModeChanged(NodeId node, Mode mode) implements Event {}

    /** An operation of the node came to a step, streamed, or ended. */
    public record OperationMoved(NodeId node, String operation, Operation.Event event) implements Event {}

    /** A stream session of the node moved on, whoever began it. */
    public record Streamed(NodeId node, RangeStreamer.Event event) implements Event {}

    /** The running operation and who waits for its outcome. */
    private record Running(
            String name, ActorRef<Operation.Command> actor, ActorRef<? super Operation.Outcome> replyTo) {}

    private final NodeSettings settings;
    private final ActorRef<Membership.Command> membership;
    private final ActorRef<RangeStreamer.Command> streamer;
    private final ActorRef<LocalStore.Command> store;
    private final ActorRef<Coordinator.Command> coordinator;
    private final ActorRef<? super Event> watcher;

    private NodeRecord record;
    private Surroundings surroundings;
    private Mode mode = Mode.STARTING;
    private int plans;
    private long reportedLoad = -1;
    private @Nullable Running running;

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
        this.record = last.startedAt(Clock.of(context.getSystem()).instant());
        this.surroundings = Surroundings.alone(settings.nobody().withAll(record.peers()));
        var self = new Subsystems.Self(settings.node(), settings.location(), record, settings.schema());
        this.membership = subsystems.membership(context, self);
        this.streamer = subsystems.streamer(
                context, self, store, context.messageAdapter(RangeStreamer.Event.class, StreamNews::new));
        this.coordinator = settings.coordinator(context, record.generation(), subsystems.network(), store);
        remember(record);
        start();
    }

    private void start() {
        if (record.stage() == Stage.DECOMMISSIONED) {
            become(Mode.DECOMMISSIONED);
            return;
        }
        var listener = getContext().messageAdapter(Membership.Event.class, MembershipNews::new);
        membership.tell(new Membership.Start(listener, !record.isMember()));
        if (record.isMember()) {
            membership.tell(new Membership.Announce(Status.NORMAL, record.tokens(), List.of()));
        }
        getContext().scheduleOnce(settings.loadBroadcastDelay(), getContext().getSelf(), BroadcastLoad.INSTANCE);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Join.class, this::onJoin)
                .onMessage(Bootstrap.class, this::onBootstrap)
                .onMessage(Replace.class, this::onReplace)
                .onMessage(Decommission.class, this::onDecommission)
                .onMessage(CancelOperation.class, this::onCancel)
                .onMessage(Write.class, this::onWrite)
                .onMessage(Read.class, this::onRead)
                .onMessage(GetState.class, this::onGetState)
                .onMessage(MembershipNews.class, news -> onMembership(news.event()))
                .onMessage(OperationNews.class, news -> onOperation(news.event()))
                .onMessage(StreamNews.class, this::onStreamNews)
                .onMessageEquals(BroadcastLoad.INSTANCE, this::onBroadcastLoad)
                .onMessage(Measured.class, this::onMeasured)
                .build();
    }

    private Behavior<Command> onJoin(Join join) {
        return run(
                "join",
                admission().whyNotJoin(),
                operation -> io.ringsim.operation.Join.create(operation, join.tokens(), surroundings),
                join.replyTo());
    }

    private Behavior<Command> onBootstrap(Bootstrap command) {
        var tokens = record.tokens().isEmpty() ? command.tokens() : record.tokens();
        return run(
                "bootstrap",
                admission().whyNotBootstrap(),
                operation -> mode == Mode.JOINING
                        ? io.ringsim.operation.Bootstrap.resume(operation, tokens, surroundings)
                        : io.ringsim.operation.Bootstrap.create(operation, tokens, surroundings),
                command.replyTo());
    }

    private Behavior<Command> onReplace(Replace command) {
        return run(
                "replace",
                admission().whyNotReplace(),
                operation -> mode == Mode.JOINING
                        ? io.ringsim.operation.Replace.resume(operation, command.dead(), surroundings)
                        : io.ringsim.operation.Replace.create(operation, command.dead(), surroundings),
                command.replyTo());
    }

    private Behavior<Command> onDecommission(Decommission command) {
        return run(
                "decommission",
                admission().whyNotDecommission(),
                operation -> io.ringsim.operation.Decommission.create(operation, command.force(), surroundings),
                command.replyTo());
    }

    private Admission admission() {
        return new Admission(settings.node(), mode, Optional.ofNullable(running).map(Running::name));
    }

    private Behavior<Command> run(
            String name,
            Optional<String> refusal,
            Function<OperationContext, Behavior<Operation.Command>> operation,
            ActorRef<? super Operation.Outcome> replyTo) {
        if (refusal.isPresent()) {
            replyTo.tell(new Operation.Refused(refusal.get()));
        } else {
            var begun = operation.apply(operation());
            running = new Running(name, getContext().spawn(begun, name + "-" + plans), replyTo);
        }
        return this;
    }

    private Behavior<Command> onCancel(CancelOperation command) {
        if (running != null) {
            running.actor().tell(new Operation.Cancel(command.reason()));
        }
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

    private Behavior<Command> onGetState(GetState command) {
        command.replyTo().tell(new State(settings.node(), mode, surroundings, record));
        return this;
    }

    private Behavior<Command> onMembership(Membership.Event event) {
        if (event instanceof Membership.EndpointsChanged changed) {
            onEndpointsChanged(changed.endpoints());
        } else if (event instanceof Membership.EndpointRemoved removed) {
            surroundings = surroundings
                    .withView(surroundings.view().without(removed.node()))
                    .withSchema(removed.node(), true);
        } else if (event instanceof Membership.PeersUp news) {
            surroundings = surroundings.withUp(news.peers());
        } else if (event instanceof Membership.PeersDown news) {
            surroundings = surroundings.withDown(news.peers());
        } else if (event instanceof Membership.LookedAround) {
            surroundings = surroundings.afterLook();
        }
        if (running != null) {
            running.actor().tell(new Operation.RingChanged(surroundings));
        }
        return this;
    }

    private void onEndpointsChanged(List<Endpoint> endpoints) {
        var before = surroundings.view();
        surroundings = surroundings.withView(before.withAll(endpoints));
        surroundings.view().ousted(before, endpoints).forEach(ousted -> membership.tell(new Membership.Forget(ousted)));
        for (var endpoint : endpoints) {
            surroundings =
                    surroundings.withSchema(endpoint.node(), endpoint.schema().equals(settings.schema()));
            if (endpoint.node().equals(settings.node()) && endpoint.generation() == record.generation()) {
                become(Mode.of(endpoint.status()));
            }
        }
    }

    private Behavior<Command> onOperation(Operation.Event event) {
        var operation = running;
        if (operation == null) {
            throw new IllegalStateException(settings.node() + " runs no operation but one says " + event);
        }
        watcher.tell(new OperationMoved(settings.node(), operation.name(), event));
        if (event instanceof Operation.Remember what) {
            remember(record.with(what.stage()).withTokens(what.tokens()).withDone(what.done()));
        } else if (event instanceof Operation.Ended ended) {
            running = null;
            if (record.stage() == Stage.DECOMMISSIONED) {
                membership.tell(Membership.Stop.INSTANCE);
            }
            operation.replyTo().tell(ended.outcome());
        }
        return this;
    }

    private Behavior<Command> onStreamNews(StreamNews news) {
        watcher.tell(new Streamed(settings.node(), news.event()));
        return this;
    }

    private Behavior<Command> onBroadcastLoad() {
        if (mode != Mode.DECOMMISSIONED) {
            store.tell(new LocalStore.GetLoad(getContext().messageAdapter(LocalStore.Load.class, Measured::new)));
            getContext()
                    .scheduleOnce(settings.loadBroadcastPeriod(), getContext().getSelf(), BroadcastLoad.INSTANCE);
        }
        return this;
    }

    private Behavior<Command> onMeasured(Measured measured) {
        if (measured.load().bytes() != reportedLoad) {
            reportedLoad = measured.load().bytes();
            membership.tell(new Membership.Report(reportedLoad));
        }
        return this;
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
        }
    }
}
