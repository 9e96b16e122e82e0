package io.ringsim.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.TableId;
import io.ringsim.network.Channel;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.network.NetworkSettings;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.network.WireMessage;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.SizedDisk;
import io.ringsim.storage.SizedStorage;
import io.ringsim.storage.SizedStore;
import io.ringsim.storage.SizedTable;
import io.ringsim.storage.StorageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Nodes that stream to each other in a simulated world. */
final class StreamRing implements AutoCloseable {
    static final Duration AN_HOUR = Duration.ofHours(1);
    static final TableId ORDERS = new TableId("shop", "orders");
    static final TableId ITEMS = new TableId("shop", "items");

    /** A node that is up: its two actors, and what it told. */
    record Running(
            ActorRef<Void> actor, ActorRef<LocalStore.Command> store, ActorRef<RangeStreamer.Command> streamer) {}

    final Simulation simulation;
    final SimulatedNetwork network;
    final SortedMap<NodeId, SizedDisk> disks = new TreeMap<>();
    final SortedMap<NodeId, Running> up = new TreeMap<>();
    final SortedMap<NodeId, List<RangeStreamer.Event>> seen = new TreeMap<>();
    final List<StreamMessage> wire = new ArrayList<>();

    /** What the wire makes of a chunk; the identity when it is a good one. */
    UnaryOperator<StreamMessage.Chunk> noise = UnaryOperator.identity();

    /** Whether what is sent is kept. */
    boolean recording = true;

    /** Whether ranges are a node's. */
    BiPredicate<NodeId, KeyspaceRanges> owned = (node, ranges) -> true;

    /** The node that stands in another datacenter. */
    NodeId remote = node(0);

    private final ActorSystem<Consumer<ActorContext<?>>> system;
    private final StreamingSettings streaming;
    private final Function<NodeId, Behavior<LocalStore.Command>> stores;

    StreamRing(long seed, StreamingSettings streaming, StorageSettings storage) {
        this(seed, streaming, storage, NetworkSettings.defaults());
    }

    StreamRing(long seed, StreamingSettings streaming, StorageSettings storage, NetworkSettings links) {
        this(seed, streaming, links, (ring, node) -> SizedStorage.create(ring.disk(node), storage));
    }

    /** A ring whose nodes have other stores than those of sizes. */
    StreamRing(
            long seed,
            StreamingSettings streaming,
            NetworkSettings links,
            BiFunction<StreamRing, NodeId, Behavior<LocalStore.Command>> stores) {
        this.simulation = Simulation.seeded(seed);
        this.network = new SimulatedNetwork(simulation.clock(), simulation.events(), simulation.randomness(), links);
        this.streaming = streaming;
        this.stores = node -> stores.apply(this, node);
        this.system = simulation.start("nodes", Behaviors.receive((context, task) -> {
            task.accept(context);
            return Behaviors.same();
        }));
    }

    static StreamRing seeded(long seed) {
        return new StreamRing(seed, StreamingSettings.profile21(), StorageSettings.defaults());
    }

    static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    static TokenRange range(long left, long right) {
        return new TokenRange(new LongToken(left), new LongToken(right));
    }

    /** Fetch a range of the keyspace {@code shop}. */
    static Transfer move(NodeId from, NodeId to, long left, long right) {
        return new Transfer("shop", range(left, right), from, to);
    }

    /** A table whose bytes lie in (0, 1000]. */
    static SizedTable table(TableId id, long bytes, int sstables) {
        return SizedTable.evenly(id, bytes, sstables, Coverage.of(List.of(range(0, 1000))));
    }

    /** Starts a node on a disk with these tables. */
    NodeId start(int number, SizedTable... tables) {
        var store = SizedStore.EMPTY;
        for (var table : tables) {
            store = store.with(table);
        }
        disks.put(node(number), new SizedDisk(store));
        return restart(node(number));
    }

    /** Starts a node anew on what its disk holds. */
    NodeId restart(NodeId node) {
        var events = seen.computeIfAbsent(node, any -> new ArrayList<>());
        system.tell(context -> {
            var refs = new ArrayList<ActorRef<?>>();
            var actor = context.spawnAnonymous(behavior(node, events, refs));
            starting = new Starting(node, actor, refs);
        });
        simulation.runUntil(() -> starting != null && starting.refs().size() == 2, Duration.ofSeconds(1));
        var begun = Objects.requireNonNull(starting);
        starting = null;
        up.put(node, new Running(begun.actor(), ref(begun, 0), ref(begun, 1)));
        return node;
    }

    private record Starting(NodeId node, ActorRef<Void> actor, List<ActorRef<?>> refs) {}

    private @Nullable Starting starting;

    @SuppressWarnings("unchecked")
    private static <T> ActorRef<T> ref(Starting process, int index) {
        return (ActorRef<T>) process.refs().get(index);
    }

    private Behavior<Void> behavior(NodeId node, List<RangeStreamer.Event> events, List<ActorRef<?>> refs) {
        return Behaviors.setup(context -> {
            var store = context.spawn(stores.apply(node), "store");
            var watcher = context.spawn(collector(events), "watcher");
            var streamer = context.spawn(
                    Streamer.create(new Streamer.Setup(
                                    node, streaming, new Recorded(), store, peer -> peer.equals(remote), watcher)
                            .withOwned(ranges -> owned.test(node, ranges))),
                    "streamer");
            refs.add(store);
            refs.add(streamer);
            return Behaviors.empty();
        });
    }

    private static <T> Behavior<T> collector(List<T> into) {
        return Behaviors.receive((context, message) -> {
            into.add(message);
            return Behaviors.same();
        });
    }

    /** The network, with a record of all that is sent, and noise on the chunks. */
    private final class Recorded implements Network {
        @Override
        public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {
            network.attach(node, channel, inbox);
        }

        @Override
        public void detach(NodeId node) {
            network.detach(node);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
            var sent = message instanceof StreamMessage.Chunk chunk ? (M) noise.apply(chunk) : message;
            if (recording) {
                wire.add((StreamMessage) sent);
            }
            network.send(from, to, channel, sent);
        }
    }

    /** The node's process is gone at once; its disk stays. */
    void crash(NodeId node) {
        network.detach(node);
        var process = Objects.requireNonNull(up.remove(node));
        system.tell(context -> context.stop(process.actor()));
    }

    /** Has the node stream; what it is told of the plan is collected. */
    List<RangeStreamer.Event> stream(NodeId node, String plan, Transfer... transfers) {
        var events = new ArrayList<RangeStreamer.Event>();
        var streamer = process(node).streamer();
        system.tell(context -> streamer.tell(new RangeStreamer.Stream(
                plan, "Bootstrap", List.of(transfers), context.spawnAnonymous(collector(events)))));
        return events;
    }

    void tell(NodeId node, RangeStreamer.Command command) {
        process(node).streamer().tell(command);
    }

    private Running process(NodeId node) {
        return Objects.requireNonNull(up.get(node), node + " is not up");
    }

    static boolean isFinished(List<RangeStreamer.Event> events) {
        return !events.isEmpty() && events.get(events.size() - 1) instanceof RangeStreamer.Finished;
    }

    static RangeStreamer.Finished finished(List<RangeStreamer.Event> events) {
        return (RangeStreamer.Finished) events.get(events.size() - 1);
    }

    boolean runUntilFinished(List<RangeStreamer.Event> events, Duration within) {
        return simulation.runUntil(() -> isFinished(events), within);
    }

    /** What the store of a node that is up holds open. */
    Housekeeping.Open open(NodeId node) {
        var answers = new ArrayList<Housekeeping.Open>();
        system.tell(context ->
                process(node).store().tell(new Housekeeping.GetOpen(context.spawnAnonymous(collector(answers)))));
        simulation.runUntil(() -> !answers.isEmpty(), Duration.ofSeconds(1));
        return answers.get(0);
    }

    /** What an operator asks of the store of a node that is up; the answer is collected. */
    List<Housekeeping.Kept> keep(NodeId node, Function<ActorRef<Housekeeping.Kept>, Housekeeping.Command> what) {
        var answers = new ArrayList<Housekeeping.Kept>();
        system.tell(context -> process(node).store().tell(what.apply(context.spawnAnonymous(collector(answers)))));
        simulation.runUntil(() -> !answers.isEmpty(), Duration.ofMinutes(1));
        return answers;
    }

    /** How many sessions a node that is up has. */
    int sessions(NodeId node) {
        var answers = new ArrayList<Streamer.Sessions>();
        system.tell(context -> tell(node, new Streamer.GetSessions(context.spawnAnonymous(collector(answers)))));
        simulation.runUntil(() -> !answers.isEmpty(), Duration.ofSeconds(1));
        return answers.get(0).open();
    }

    /** Hears what is said to a node that has no streamer. */
    List<StreamMessage> eavesdrop(NodeId node) {
        var heard = new ArrayList<StreamMessage>();
        network.attach(node, Wire.CHANNEL, new Inbox<>() {
            @Override
            public void received(NodeId from, StreamMessage message) {
                heard.add(message);
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {}
        });
        return heard;
    }

    /** Lets what is on its way arrive. */
    void settle() {
        simulation.runFor(Duration.ofSeconds(2));
    }

    /** Nothing of any session is left on the nodes that are up. */
    void assertNothingOpen() {
        settle();
        for (var node : up.keySet()) {
            assertThat(sessions(node)).as("sessions of " + node).isZero();
            assertThat(open(node)).as("open at " + node).isEqualTo(new Housekeeping.Open(0, 0));
        }
    }

    /** The names of all actors there are. */
    String actors() {
        return system.printTree();
    }

    SizedDisk disk(NodeId node) {
        return Objects.requireNonNull(disks.get(node));
    }

    List<RangeStreamer.SessionResult> resultsAt(NodeId node) {
        return seen.getOrDefault(node, List.of()).stream()
                .filter(RangeStreamer.SessionEnded.class::isInstance)
                .map(event -> ((RangeStreamer.SessionEnded) event).result())
                .toList();
    }

    long count(Class<? extends StreamMessage> kind) {
        return wire.stream().filter(kind::isInstance).count();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
