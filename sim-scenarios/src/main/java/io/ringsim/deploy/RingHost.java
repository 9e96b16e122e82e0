package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import io.ringsim.gossip.ClusterLayer;
import io.ringsim.gossip.ClusterLayerSettings;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Housekeeping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host of nodes of a ring, in real time and with real files: the actor under which somebody's actor system, or a process
 * of its own ({@code ringsim node}), has its part of a ring. All of it stops with this actor.
 *
 * <p>In an actor system of a cluster the nodes of all hosts make one ring: the host waits until its system is a member. In one
 * without ({@code akka.actor.provider = local}) the nodes of this host are all there is.
 *
 * <p>Nodes start all at once. Those that were members are it again; those that never were join one after the other, for only
 * one node may move at a time ({@code cassandra.consistent.rangemovement}).
 */
public final class RingHost extends AbstractBehavior<RingHost.Command> {
    public sealed interface Command {}

    /** Asks how the host and its nodes are. */
    public record GetState(ActorRef<? super State> replyTo) implements Command {}

    /** Asks for a node of this host; nothing when it has none of that name, or it does not run. */
    public record FindNode(NodeId node, ActorRef<? super Found> replyTo) implements Command {}

    /** Has a node leave the ring; with {@code force} also when fewer nodes than the replication factor remain. */
    public record Decommission(NodeId node, boolean force, ActorRef<? super Operation.Outcome> replyTo)
            implements Command {}

    /**
     * Has all nodes of the host leave the ring, one after the other; refused unless all can. The host itself goes on, without
     * nodes: who has an actor system of its own for it may end that then.
     */
    public record Leave(boolean force, ActorRef<? super Operation.Outcome> replyTo) implements Command {}

    /** Has a member of this host remove a dead node, or, with {@code force}, end the removal that it runs. */
    public record Remove(NodeId dead, boolean force, ActorRef<? super Operation.Outcome> replyTo) implements Command {}

    /** Has a node's store do something. */
    public record Keep(NodeId node, Chore chore, ActorRef<? super Housekeeping.Kept> replyTo) implements Command {}

    /** What can be asked of a node's store. */
    public enum Chore {
        FLUSH,
        COMPACT,
        /** Drops what lies in ranges of which the node is no replica any more: after others joined. */
        CLEANUP
    }

    /** Tells of what mode each node is in, then of all that happens to the host's nodes, until the watcher stops. */
    public record Watch(ActorRef<? super Node.Event> watcher) implements Command {}

    /** Has all nodes flush and stop: after it nothing has to be replayed. The host itself goes on, without nodes. */
    public record Drain(ActorRef<? super Drained> replyTo) implements Command {}

    /** Nodes that could not flush, and why; their writes are in their commit logs. */
    public record Drained(List<String> problems) {
        public Drained {
            problems = List.copyOf(problems);
        }
    }

    public record Found(Optional<ActorRef<Node.Command>> node) {}

    private enum Ready implements Command {
        INSTANCE
    }

    private record Heard(Node.Event event) implements Command {}

    private record Recalled(Node.State state) implements Command {}

    private record Tried(HostJoin.Tried what) implements Command {}

    private record LeaveEnded(Operation.Outcome outcome, ActorRef<? super Operation.Outcome> replyTo)
            implements Command {}

    private record Flushed(NodeId node, Housekeeping.Kept kept) implements Command {}

    /** How far the host is. */
    public enum Phase {
        /** Not yet a member of the cluster. */
        WAITING,
        RUNNING,
        DRAINING,
        DRAINED
    }

    /**
     * The host at one moment.
     *
     * @param endpoints all nodes of the ring as this host knows them
     * @param netstats the streams of its nodes, as {@code nodetool netstats} has them
     */
    public record State(Phase phase, List<HostedNode> nodes, List<Endpoint> endpoints, List<String> netstats) {
        public State {
            nodes = List.copyOf(nodes);
            endpoints = List.copyOf(endpoints);
            netstats = List.copyOf(netstats);
        }
    }

    private static final Duration FLUSH_PATIENCE = Duration.ofMinutes(1);

    private final HostSettings settings;
    private final Clock clock;
    private final ClusterLayer layer;
    private final HostLinks links;
    private final HostWiring wiring;
    private final NodeStarts starts;
    private final HostedNodes nodes;
    private final HostStreams streams = new HostStreams();
    private final Set<ActorRef<? super Node.Event>> watchers = new LinkedHashSet<>();
    private final List<ActorRef<? super Drained>> drainers = new ArrayList<>();
    private final List<String> drainProblems = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private @Nullable ActorRef<HostJoin.Command> join;
    private boolean isLeaving;

    /** The host, as an actor to spawn. It fails when it cannot listen to others. */
    public static Behavior<Command> create(HostSettings settings) {
        return Behaviors.setup(context -> new RingHost(context, settings));
    }

    private RingHost(ActorContext<Command> context, HostSettings settings) throws IOException {
        super(context);
        var system = context.getSystem();
        this.settings = settings;
        this.clock = Clock.of(system);
        this.layer = ClusterLayer.create(context, ClusterLayerSettings.defaults());
        this.links = HostLinks.open(system, settings, layer.hosts());
        this.wiring = new HostWiring(settings, layer, links);
        this.starts = new NodeStarts(settings, system);
        this.nodes = new HostedNodes(settings.nodes().keySet());
        if (HostLinks.hasArtery(system.settings().config())) {
            Cluster.get(system)
                    .subscriptions()
                    .tell(Subscribe.create(context.messageAdapter(SelfUp.class, up -> Ready.INSTANCE), SelfUp.class));
        } else {
            context.getSelf().tell(Ready.INSTANCE);
        }
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Ready.INSTANCE, this::onReady)
                .onMessage(Recalled.class, recalled -> onRecalled(recalled.state()))
                .onMessage(Tried.class, tried -> onTried(tried.what()))
                .onMessage(Heard.class, heard -> onHeard(heard.event()))
                .onMessage(GetState.class, this::onGetState)
                .onMessage(FindNode.class, this::onFindNode)
                .onMessage(Decommission.class, this::onDecommission)
                .onMessage(Remove.class, this::onRemove)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(LeaveEnded.class, this::onLeaveEnded)
                .onMessage(Keep.class, this::onKeep)
                .onMessage(Watch.class, this::onWatch)
                .onMessage(Drain.class, this::onDrain)
                .onMessage(Flushed.class, this::onFlushed)
                .onSignal(ChildFailed.class, this::onFailed)
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, stop -> onPostStop())
                .build();
    }

    private Behavior<Command> onReady() {
        if (phase == Phase.WAITING) {
            phase = Phase.RUNNING;
            settings.nodes().keySet().forEach(this::start);
        }
        return this;
    }

    private void start(NodeId node) {
        var watcher = getContext().messageAdapter(Node.Event.class, Heard::new);
        var actor = getContext().spawn(Node.create(starts.settingsOf(node), wiring, watcher), node.value());
        getContext().watch(actor);
        nodes.started(node, actor);
        actor.tell(new Node.GetState(getContext().messageAdapter(Node.State.class, Recalled::new)));
    }

    private Behavior<Command> onRecalled(Node.State state) {
        nodes.recalled(state.node(), state.record());
        joinOnceAllRecalled();
        return this;
    }

    private void joinOnceAllRecalled() {
        if (join == null && phase == Phase.RUNNING && nodes.allRecalled()) {
            var candidates = nodes.newcomers(starts::tokensOf);
            var tried = getContext().messageAdapter(HostJoin.Tried.class, Tried::new);
            join = getContext().spawn(HostJoin.create(candidates, settings.joining(), tried), "ring-join");
            getContext().watch(join);
        }
    }

    private Behavior<Command> onTried(HostJoin.Tried tried) {
        nodes.problem(tried.node(), tried.problem());
        return this;
    }

    private Behavior<Command> onHeard(Node.Event event) {
        nodes.heard(event);
        if (event instanceof Node.Streamed streamed) {
            streams.heard(streamed.node(), streamed.event(), clock.nanos());
        }
        watchers.forEach(watcher -> watcher.tell(event));
        return this;
    }

    private Behavior<Command> onGetState(GetState command) {
        command.replyTo().tell(new State(phase, nodes.all(), layer.endpoints(), streams.netstats()));
        return this;
    }

    private Behavior<Command> onFindNode(FindNode command) {
        command.replyTo().tell(new Found(nodes.actor(command.node())));
        return this;
    }

    private Behavior<Command> onDecommission(Decommission command) {
        nodes.actor(command.node())
                .ifPresentOrElse(
                        node -> node.tell(new Node.Decommission(command.force(), command.replyTo())),
                        () -> command.replyTo().tell(new Operation.Refused(nodes.whyNot(command.node()))));
        return this;
    }

    private Behavior<Command> onRemove(Remove command) {
        nodes.remove(command);
        return this;
    }

    private Behavior<Command> onLeave(Leave command) {
        var refusal = whyNotLeave();
        if (refusal.isPresent()) {
            command.replyTo().tell(new Operation.Refused(refusal.get()));
            return this;
        }
        isLeaving = true;
        var ended = getContext()
                .messageAdapter(Operation.Outcome.class, outcome -> new LeaveEnded(outcome, command.replyTo()));
        var leave = HostLeave.create(nodes.actors(), settings.ring().keyspaces(), command.force(), ended);
        getContext().watch(getContext().spawnAnonymous(leave));
        return this;
    }

    private Optional<String> whyNotLeave() {
        if (phase != Phase.RUNNING) {
            return Optional.of("this host is " + phase);
        }
        if (isLeaving) {
            return Optional.of("this host is leaving already");
        }
        return nodes.whyNotAll();
    }

    private Behavior<Command> onLeaveEnded(LeaveEnded ended) {
        isLeaving = false;
        ended.replyTo().tell(ended.outcome());
        return this;
    }

    private Behavior<Command> onKeep(Keep command) {
        var store = wiring.storeOf(command.node());
        var node = nodes.actor(command.node());
        if (store.isEmpty() || node.isEmpty()) {
            command.replyTo().tell(new Housekeeping.Failed(nodes.whyNot(command.node())));
            return this;
        }
        switch (command.chore()) {
            case FLUSH -> store.get().tell(new Housekeeping.Flush(command.replyTo()));
            case COMPACT -> store.get().tell(new Housekeeping.Compact(command.replyTo()));
            case CLEANUP ->
                getContext().spawnAnonymous(Cleanup.create(node.get(), store.get(), settings, command.replyTo()));
        }
        return this;
    }

    private Behavior<Command> onWatch(Watch command) {
        if (watchers.add(command.watcher())) {
            getContext().watch(command.watcher());
            nodes.modes().forEach(mode -> command.watcher().tell(mode));
        }
        return this;
    }

    private Behavior<Command> onDrain(Drain command) {
        drainers.add(command.replyTo());
        if (phase != Phase.DRAINING && phase != Phase.DRAINED) {
            phase = Phase.DRAINING;
            if (join != null) {
                getContext().stop(join);
            }
            for (var node : nodes.running()) {
                wiring.storeOf(node).ifPresentOrElse(store -> flush(node, store), () -> stop(node));
            }
        }
        tellIfDrained();
        return this;
    }

    private void flush(NodeId node, ActorRef<LocalStore.Command> store) {
        getContext()
                .ask(
                        Housekeeping.Kept.class,
                        store,
                        FLUSH_PATIENCE,
                        Housekeeping.Flush::new,
                        (kept, late) -> new Flushed(
                                node, kept != null ? kept : new Housekeeping.Failed("it did not flush in time")));
    }

    private Behavior<Command> onFlushed(Flushed flushed) {
        if (flushed.kept() instanceof Housekeeping.Failed failed) {
            drainProblems.add(flushed.node() + ": " + failed.reason());
        }
        stop(flushed.node());
        return this;
    }

    private void stop(NodeId node) {
        nodes.actor(node).ifPresent(getContext()::stop);
    }

    private void tellIfDrained() {
        if (phase == Phase.DRAINING && nodes.running().isEmpty()) {
            phase = Phase.DRAINED;
        }
        if (phase == Phase.DRAINED) {
            drainers.forEach(replyTo -> replyTo.tell(new Drained(drainProblems)));
            drainers.clear();
        }
    }

    /** One node's end is not the host's: the others go on. */
    private Behavior<Command> onFailed(ChildFailed failed) {
        var ended = ended(failed.getRef());
        if (ended.isEmpty()) {
            throw new IllegalStateException(failed.getRef().path().name() + " failed", failed.cause());
        }
        var reason = String.valueOf(failed.cause().getMessage());
        getContext().getLog().error("{} stopped: {}", ended.get(), reason);
        nodes.problem(ended.get(), Optional.of(reason));
        return this;
    }

    private Behavior<Command> onTerminated(Terminated terminated) {
        watchers.removeIf(watcher -> watcher.equals(terminated.getRef()));
        ended(terminated.getRef());
        return this;
    }

    private Optional<NodeId> ended(ActorRef<?> actor) {
        var node = nodes.stopped(actor);
        node.ifPresent(ended -> {
            wiring.stopped(ended);
            streams.stopped(ended);
            joinOnceAllRecalled();
            tellIfDrained();
        });
        return node;
    }

    private Behavior<Command> onPostStop() throws IOException {
        links.close();
        return this;
    }
}
