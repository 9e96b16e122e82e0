package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Mutation;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.network.DirectNetwork;
import io.ringsim.network.Network;
import io.ringsim.operation.Operation;
import io.ringsim.operation.OperationSettings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.FakeMembership;
import io.ringsim.spi.FakeStore;
import io.ringsim.spi.FakeStreamer;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;
import io.ringsim.spi.RangeStreamer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Real nodes on fake subsystems under virtual time. */
final class SmallRing implements AutoCloseable {
    static final Location RACK = new Location("dc1", "r1");
    static final TableMetadata TABLE = TableMetadata.standard(new TableId("shop", "orders"));

    final FakeMembership membership = new FakeMembership();
    final FakeStreamer.Control streams = new FakeStreamer.Control();
    final List<String> heard = new ArrayList<>();
    OperationSettings operations = OperationSettings.defaults();

    final DirectNetwork network = new DirectNetwork();
    private final List<Keyspace> keyspaces;
    private final Simulation simulation;
    private final SortedMap<NodeId, FakeStore.Disk> disks = new TreeMap<>();
    private final SortedMap<NodeId, ActorRef<Node.Command>> nodes = new TreeMap<>();
    private final ActorSystem<Object> system;

    SmallRing(long seed, int replicationFactor) {
        this.keyspaces = List.of(new Keyspace(
                "shop",
                ReplicationStrategy.of(
                        "SimpleStrategy",
                        new TreeMap<>(java.util.Map.of("replication_factor", "" + replicationFactor)))));
        this.simulation = Simulation.seeded(seed);
        this.system = simulation.start("small-ring", guardian());
    }

    /** What the test wants done is done by the guardian, which alone may spawn. */
    private Behavior<Object> guardian() {
        return Behaviors.setup(context -> Behaviors.receive(Object.class)
                .onMessage(Spawn.class, spawn -> {
                    spawn.use().accept(context, spawn);
                    return Behaviors.same();
                })
                .onMessage(Node.Event.class, event -> {
                    hear(event);
                    return Behaviors.same();
                })
                .build());
    }

    private record Spawn(BiConsumer<ActorContext<Object>, Spawn> use) {}

    private void hear(Node.Event event) {
        if (event instanceof Node.ModeChanged changed) {
            heard.add(changed.node() + " " + changed.mode());
        } else if (event instanceof Node.OperationMoved moved && moved.event() instanceof Operation.Step step) {
            heard.add(moved.node() + " " + step.text());
        }
    }

    /** Starts the node, again if it ran before, with what its disk remembers. */
    void start(String name) {
        start(name, keyspaces);
    }

    void start(String name, List<Keyspace> schema) {
        var node = new NodeId(name);
        system.tell(new Spawn((context, any) -> {
            var settings = NodeSettings.defaults(node, RACK, RingView.empty(Partitioner.MURMUR3), schema)
                    .withOperations(operations)
                    .withTables(List.of(TABLE));
            int start = disk(name).record().generation() + 1;
            nodes.put(
                    node,
                    context.spawn(
                            Node.create(settings, new Fakes(), context.getSelf().narrow()), name + "-" + start));
        }));
        settle();
    }

    void crash(String name) {
        network.detach(new NodeId(name));
        system.tell(new Spawn((context, any) -> context.stop(node(name))));
        settle();
    }

    /** Starts members with one token each: the first at 0, the next 100 on, and so on. */
    void members(int count) {
        for (int i = 1; i <= count; i++) {
            start("n" + i);
            tell("n" + i, new Node.Join(tokens((i - 1) * 100L), system.ignoreRef()));
        }
        settle();
    }

    static List<Token> tokens(long... values) {
        var tokens = new ArrayList<Token>();
        for (long value : values) {
            tokens.add(new Token.LongToken(value));
        }
        return tokens;
    }

    FakeStore.Disk disk(String name) {
        return disks.computeIfAbsent(new NodeId(name), any -> new FakeStore.Disk(TABLE));
    }

    /** The node's next start finds nothing of what it was. */
    void loseDisk(String name) {
        disks.remove(new NodeId(name));
    }

    void tell(String name, Node.Command command) {
        node(name).tell(command);
    }

    private ActorRef<Node.Command> node(String name) {
        var node = nodes.get(new NodeId(name));
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    /** The outcomes told so far are in the list that is returned. */
    List<Operation.Outcome> bootstrap(String name, long... tokens) {
        return operate((node, replyTo) -> node.tell(new Node.Bootstrap(tokens(tokens), replyTo)), name);
    }

    List<Operation.Outcome> join(String name, long... tokens) {
        return operate((node, replyTo) -> node.tell(new Node.Join(tokens(tokens), replyTo)), name);
    }

    List<Operation.Outcome> replace(String name, String dead) {
        return operate((node, replyTo) -> node.tell(new Node.Replace(new NodeId(dead), replyTo)), name);
    }

    List<Operation.Outcome> decommission(String name, boolean force) {
        return operate((node, replyTo) -> node.tell(new Node.Decommission(force, replyTo)), name);
    }

    /** The first has the second removed. */
    List<Operation.Outcome> remove(String name, String dead) {
        return operate((node, replyTo) -> node.tell(new Node.RemoveNode(new NodeId(dead), replyTo)), name);
    }

    List<WriteOutcome> write(String name, Mutation mutation, ConsistencyLevel level) {
        return ask(WriteOutcome.class, (node, replyTo) -> node.tell(new Node.Write(mutation, level, replyTo)), name);
    }

    List<ReadOutcome> read(String name, PartitionQuery query, ConsistencyLevel level) {
        return ask(ReadOutcome.class, (node, replyTo) -> node.tell(new Node.Read(query, level, replyTo)), name);
    }

    private List<Operation.Outcome> operate(
            BiConsumer<ActorRef<Node.Command>, ActorRef<Operation.Outcome>> ask, String name) {
        return ask(Operation.Outcome.class, ask, name);
    }

    private <T> List<T> ask(Class<T> type, BiConsumer<ActorRef<Node.Command>, ActorRef<T>> ask, String name) {
        var outcomes = new ArrayList<T>();
        system.tell(new Spawn((context, any) -> ask.accept(
                node(name),
                context.spawnAnonymous(Behaviors.receive(type)
                        .onAnyMessage(outcome -> {
                            outcomes.add(outcome);
                            return Behaviors.same();
                        })
                        .build()))));
        settle();
        return outcomes;
    }

    Node.State state(String name) {
        var states = new ArrayList<Node.State>();
        system.tell(new Spawn((context, any) -> node(name)
                .tell(new Node.GetState(context.spawnAnonymous(Behaviors.receive(Node.State.class)
                        .onAnyMessage(state -> {
                            states.add(state);
                            return Behaviors.stopped();
                        })
                        .build())))));
        settle();
        return states.get(0);
    }

    void runFor(Duration duration) {
        simulation.runFor(duration);
    }

    private void settle() {
        simulation.runFor(Duration.ofMillis(1));
    }

    @Override
    public void close() {
        simulation.close();
    }

    private final class Fakes implements Subsystems {
        @Override
        public Network network() {
            return network;
        }

        @Override
        public ActorRef<LocalStore.Command> store(ActorContext<?> node, NodeId self) {
            return node.spawn(FakeStore.create(disk(self.value()), 1_000), "store");
        }

        @Override
        public ActorRef<Membership.Command> membership(ActorContext<?> node, Self self) {
            return node.spawn(
                    membership.of(self.node(), self.location(), self.record().generation(), self.schema()),
                    "membership");
        }

        @Override
        public ActorRef<RangeStreamer.Command> streamer(
                ActorContext<?> node,
                Self self,
                ActorRef<LocalStore.Command> store,
                ActorRef<? super RangeStreamer.Event> watcher) {
            return node.spawn(FakeStreamer.create(self.node(), streams), "streamer");
        }
    }
}
