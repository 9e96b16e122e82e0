package io.ringsim.sim;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.node.NodeSettings;
import io.ringsim.operation.Operation;
import io.ringsim.operation.Operation.Failed;
import io.ringsim.operation.Operation.Step;
import io.ringsim.operation.Operation.Streaming;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.SimulationSettings;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.streaming.Streamer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A whole ring in one simulated world: real node actors with their real subsystems, on a modelled network and modelled
 * disks, under virtual time and a seed.
 *
 * <pre>{@code
 * try (var ring = SimulatedRing.of(5).replicating(3).data(ofGiB(1)).seed(7).start()) {
 *     var joining = ring.add("n6").bootstrap();
 *     ring.runUntil(joining::isDone, Duration.ofHours(1));   // virtual hours
 *     ring.expect(Invariant.viewsAgree(), Invariant.replicasHoldTheirRanges());
 * }
 * }</pre>
 */
public final class SimulatedRing implements AutoCloseable {
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Duration STARTING = Duration.ofMinutes(1);
    private static final Duration CLEANING_MAX = Duration.ofDays(1);
    private static final int SEEDS = 3;

    private final RingDesign design;
    private final RingSettings settings;
    private final Simulation simulation;
    private final SimulatedNetwork network;
    private final ActorSystem<Guardian.Command> system;
    private final SortedMap<NodeId, SimulatedNode> nodes = new TreeMap<>();
    private final List<RunningOperation> operations = new ArrayList<>();
    private final List<RingListener> listeners = new ArrayList<>();
    private final Wiring wiring;
    private final NodeDisks disks;
    private final StreamLedger streams = new StreamLedger();
    private final long seed;
    private final RingView nobody;
    private int endedOperations;

    private SimulatedRing(RingDesign design, RingSettings settings, SimulationSettings world) {
        this.design = design;
        this.settings = settings;
        this.seed = world.seed();
        this.nobody = RingView.empty(design.partitioner());
        this.simulation = Simulation.with(world);
        this.network = new SimulatedNetwork(
                simulation.clock(), simulation.events(), simulation.randomness().fork("network"), settings.network());
        this.disks = NodeDisks.of(design, settings, simulation);
        this.wiring = new Wiring(settings, seeds(design), simulation, network, this::node);
        this.system = simulation.start("ringsim", Guardian.create(this::onHeard), ConfigFactory.load());
    }

    /** Nodes find the others through the first members, as they would through the seeds of cassandra.yaml. */
    private static List<NodeId> seeds(RingDesign design) {
        return design.members().stream()
                .map(RingDesign.Member::node)
                .limit(SEEDS)
                .toList();
    }

    /** A ring of this many nodes n1, n2, ... in one rack each of one datacenter, to be refined. */
    public static RingBuilder of(int nodes) {
        return new RingBuilder(nodes);
    }

    /** Starts a ring of exactly this design; every member is up, and has been for a while. */
    public static SimulatedRing start(RingDesign design, RingSettings settings, SimulationSettings world) {
        var ring = new SimulatedRing(design, settings, world.policy(settings.policy()));
        ring.startMembers();
        return ring;
    }

    private void startMembers() {
        int generation = NodeRecord.NEW.startedAt(simulation.clock().instant()).generation();
        var members = new TreeMap<NodeId, NodeDisk>();
        var peers = new ArrayList<Endpoint>();
        for (var member : design.members()) {
            var disk = disks.ofMember(member.node());
            members.put(member.node(), disk);
            peers.add(new Endpoint(
                    member.node(),
                    member.location(),
                    generation,
                    1,
                    Status.NORMAL,
                    member.tokens(),
                    List.of(),
                    NodeSettings.schemaOf(design.keyspaces()),
                    disk.bytes()));
        }
        var known = List.copyOf(peers);
        wiring.know(known);
        for (var member : design.members()) {
            var node = enter(
                    member.node(), member.location(), member.tokens(), requireNonNull(members.get(member.node())));
            node.disk().remember(new NodeRecord(0, member.tokens(), NodeRecord.Stage.COMPLETED, List.of(), known));
            start(node);
        }
        if (!simulation.runUntil(
                () -> nodes.values().stream().allMatch(node -> node.mode() == Mode.NORMAL), STARTING)) {
            throw new IllegalStateException("not every member came up (seed " + seed + ")");
        }
    }

    /** A new node with an empty disk and as many tokens as the first member has, drawn by the seed. */
    public SimulatedNode add(String name) {
        var id = new NodeId(name);
        var taken = new TreeSet<Token>();
        nodes.values().forEach(node -> taken.addAll(node.tokens()));
        int count = design.members().get(0).tokens().size();
        var tokens = RingDesign.drawTokens(design.partitioner(), Randomness.of(seed), id, count, taken);
        return add(id, RingBuilder.location(nodes.size() + 1), tokens);
    }

    /** A new node with an empty disk, started but no member yet. */
    public SimulatedNode add(NodeId id, Location location, List<Token> tokens) {
        if (nodes.containsKey(id)) {
            throw new IllegalArgumentException("there is a node " + id + " already");
        }
        var node = enter(id, location, tokens, disks.empty(id));
        start(node);
        return node;
    }

    private SimulatedNode enter(NodeId id, Location location, List<Token> tokens, NodeDisk disk) {
        var node = new SimulatedNode(this, id, location, tokens, disk);
        nodes.put(id, node);
        network.place(id, location);
        return node;
    }

    NodeDisk emptyDisk(NodeId id) {
        return disks.empty(id);
    }

    void start(SimulatedNode node) {
        if (node.isRunning()) {
            throw new IllegalStateException(node + " is running already");
        }
        node.become(Mode.STARTING);
        var nodeSettings = NodeSettings.defaults(node.id(), node.location(), nobody, design.keyspaces())
                .withTables(design.rowMetadata())
                .withOperations(settings.operations())
                .withRequests(settings.requests());
        system.tell(new Guardian.Spawn(node.nextProcessName(), nodeSettings, wiring, node::started));
        simulation.runUntil(node::isRunning, INSTANT);
    }

    void stop(SimulatedNode node) {
        network.detach(node.id());
        wiring.crashed(node.id());
        node.disk().crash();
        system.tell(new Guardian.Stop(node.process()));
        node.stopped();
        node.operation()
                .filter(operation -> !operation.isDone())
                .ifPresent(operation -> end(operation, new Failed(node + " crashed", List.of())));
        simulation.runFor(Duration.ZERO);
    }

    void cleanUp(SimulatedNode node) {
        var view = look().stream()
                .filter(state -> state.node().equals(node.id()))
                .findFirst()
                .orElseThrow()
                .surroundings()
                .view();
        var owned = KeyspaceRanges.owned(design.keyspaces(), view.ring(), node.id());
        var kept = new ArrayList<Housekeeping.Kept>();
        var store = requireNonNull(wiring.running().get(node.id())).store();
        ask(Housekeeping.Kept.class, replyTo -> store.tell(new Housekeeping.Cleanup(owned, replyTo)), kept::add);
        simulation.runUntil(() -> !kept.isEmpty(), CLEANING_MAX);
        if (kept.isEmpty() || kept.get(0) instanceof Housekeeping.Failed) {
            throw new IllegalStateException(node + " could not be cleaned up: " + kept);
        }
    }

    RunningOperation operate(
            SimulatedNode node,
            NodeId subject,
            String name,
            Function<ActorRef<? super Operation.Outcome>, Node.Command> command) {
        var operation = new RunningOperation(name, subject, now());
        var process = node.process();
        if (node.operation().filter(last -> !last.isDone()).isEmpty()) {
            node.operating(operation);
        }
        operations.add(operation);
        ask(Operation.Outcome.class, replyTo -> process.tell(command.apply(replyTo)), outcome -> {
            if (!operation.isDone()) {
                end(operation, outcome);
            }
        });
        return operation;
    }

    <T> ClientRequest<T> request(
            SimulatedNode node, Class<T> type, Function<ActorRef<? super T>, Node.Command> command) {
        var request = new ClientRequest<T>(node.id(), now());
        var process = node.process();
        ask(type, replyTo -> process.tell(command.apply(replyTo)), outcome -> request.end(outcome, now()));
        return request;
    }

    private void end(RunningOperation operation, Operation.Outcome outcome) {
        operation.end(outcome, now());
        endedOperations++;
    }

    private <T> void ask(Class<T> type, Consumer<ActorRef<Object>> question, Consumer<T> answered) {
        system.tell(new Guardian.Ask(question, answer -> answered.accept(type.cast(answer))));
    }

    private void onHeard(Node.Event event) {
        if (event instanceof Node.ModeChanged changed) {
            node(changed.node()).become(changed.mode());
        } else if (event instanceof Node.Streamed streamed) {
            streams.add(streamed);
        } else if (event instanceof Node.OperationMoved moved) {
            node(moved.node()).operation().ifPresent(operation -> follow(operation, moved.event()));
        }
        listeners.forEach(listener -> listener.heard(now(), event));
    }

    private void follow(RunningOperation operation, Operation.Event event) {
        if (event instanceof Step step) {
            operation.reach(step.text());
        } else if (event instanceof Streaming streaming) {
            operation.progress().add(now(), streaming.event());
        }
    }

    /** Runs for so long of virtual time. */
    public void runFor(Duration duration) {
        simulation.runFor(duration);
    }

    /** Runs until the condition holds; false when it does not within that virtual time. */
    public boolean runUntil(BooleanSupplier condition, Duration within) {
        return simulation.runUntil(condition, within);
    }

    /** What every running node is and believes at this moment. */
    public List<Node.State> look() {
        var running = nodes.values().stream().filter(SimulatedNode::isRunning).toList();
        var states = new TreeMap<NodeId, Node.State>();
        for (var node : running) {
            var process = node.process();
            ask(
                    Node.State.class,
                    replyTo -> process.tell(new Node.GetState(replyTo)),
                    state -> states.put(state.node(), state));
        }
        await(() -> states.size() == running.size());
        return List.copyOf(states.values());
    }

    /** What running nodes still hold on to: open sessions, referenced SSTables, half-received files. */
    List<String> leaks() {
        var held = new ArrayList<String>();
        var answers = new int[1];
        wiring.running().forEach((node, holders) -> {
            ask(Housekeeping.Open.class, replyTo -> holders.store().tell(new Housekeeping.GetOpen(replyTo)), open -> {
                answers[0]++;
                if (open.references() + open.temporaries() > 0) {
                    held.add(node + " holds " + open.references() + " references and " + open.temporaries()
                            + " half-received files");
                }
            });
            ask(
                    Streamer.Sessions.class,
                    replyTo -> holders.streamer().tell(new Streamer.GetSessions(replyTo)),
                    sessions -> {
                        answers[0]++;
                        if (sessions.open() > 0) {
                            held.add(node + " has " + sessions.open() + " open sessions");
                        }
                    });
        });
        await(() -> answers[0] == 2 * wiring.running().size());
        return held;
    }

    private void await(BooleanSupplier answered) {
        if (!simulation.runUntil(answered, INSTANT)) {
            throw new IllegalStateException("a node does not answer at " + now() + " (seed " + seed + ")");
        }
    }

    /** Checks that these hold now. */
    public void expect(Invariant... invariants) {
        for (var invariant : invariants) {
            var violations = invariant.violations(this);
            if (!violations.isEmpty()) {
                throw new AssertionError(invariant.name() + " does not hold at " + now() + " (seed " + seed() + "): "
                        + String.join("; ", violations));
            }
        }
    }

    public void listen(RingListener listener) {
        listeners.add(listener);
    }

    public Duration now() {
        return simulation.now();
    }

    public long seed() {
        return seed;
    }

    public RingDesign design() {
        return design;
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The links between the nodes; partition, hold and impair them here. */
    public SimulatedNetwork network() {
        return network;
    }

    public SimulatedNode node(String name) {
        return node(new NodeId(name));
    }

    /**
     * The node of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public SimulatedNode node(NodeId id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + id + "; there are " + nodes.keySet());
        }
        return node;
    }

    public Collection<SimulatedNode> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /** All that was asked of nodes, in order. */
    public List<RunningOperation> operations() {
        return Collections.unmodifiableList(operations);
    }

    /** How many of them have ended; cheap to look at after every turn. */
    public int endedOperations() {
        return endedOperations;
    }

    /** What became of every stream session, told by both ends. */
    public StreamLedger streams() {
        return streams;
    }

    @Override
    public void close() {
        simulation.close();
    }
}
