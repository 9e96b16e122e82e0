package io.ringsim.sim;

import akka.actor.typed.ActorRef;
import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Mutation;
import io.ringsim.data.PartitionQuery;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node of a simulated ring as its driver handles it: the disk that stays, and the process that comes and goes. */
public final class SimulatedNode {
    private final SimulatedRing ring;
    private final NodeId id;
    private final Location location;
    private List<Token> tokens;
    private NodeDisk disk;
    private Mode mode = Mode.STARTING;
    private int starts;
    private @Nullable ActorRef<Node.Command> process;
    private @Nullable RunningOperation operation;
    private @Nullable NodeId replaced;

    SimulatedNode(SimulatedRing ring, NodeId id, Location location, List<Token> tokens, NodeDisk disk) {
        this.ring = ring;
        this.id = id;
        this.location = location;
        this.tokens = List.copyOf(tokens);
        this.disk = disk;
    }

    public NodeId id() {
        return id;
    }

    public Location location() {
        return location;
    }

    /** The tokens it has or will bootstrap with. */
    public List<Token> tokens() {
        return tokens;
    }

    public NodeDisk disk() {
        return disk;
    }

    /** What it was doing when it was last heard of. */
    public Mode mode() {
        return mode;
    }

    public boolean isRunning() {
        return process != null;
    }

    /** Joins the ring with its data; when an earlier attempt failed, goes on where that stopped. */
    public RunningOperation bootstrap() {
        replaced = null;
        return ring.operate(this, id, "bootstrap", replyTo -> new Node.Bootstrap(tokens, replyTo));
    }

    /**
     * Takes the place of a dead member, with its tokens and its data; when an earlier attempt failed, goes on where that
     * stopped. A node whose disk was lost replaces itself.
     */
    public RunningOperation replace(String dead) {
        replaced = new NodeId(dead);
        tokens = ring.node(replaced).tokens();
        return ring.operate(this, id, "replace", replyTo -> new Node.Replace(new NodeId(dead), replyTo));
    }

    /** What it was asked last of joining, replacing and leaving goes on where it stopped. */
    public RunningOperation resume() {
        if (mode == Mode.LEAVING) {
            return decommission();
        }
        return replaced == null ? bootstrap() : replace(replaced.value());
    }

    /** Leaves the ring; when an earlier attempt failed, goes on where that stopped. */
    public RunningOperation decommission() {
        return decommission(false);
    }

    /** Leaves the ring, with {@code force} also when fewer nodes than replicas remain. */
    public RunningOperation decommission(boolean force) {
        return ring.operate(this, id, "decommission", replyTo -> new Node.Decommission(force, replyTo));
    }

    /** Takes another node out of the ring, which is dead, and waits until its data is restored elsewhere. */
    public RunningOperation remove(NodeId dead) {
        return ring.operate(this, dead, "remove", replyTo -> new Node.RemoveNode(dead, replyTo));
    }

    /** Ends the removal that it runs without waiting for data any longer. */
    public void forceRemoval() {
        process().tell(new Node.ForceRemoval());
    }

    /** Has the node write as a client's coordinator; it must be running. Only rings of real rows keep what is written. */
    public ClientRequest<WriteOutcome> write(Mutation mutation, ConsistencyLevel level) {
        return ring.request(this, WriteOutcome.class, replyTo -> new Node.Write(mutation, level, replyTo));
    }

    /** Has the node read as a client's coordinator; it must be running. */
    public ClientRequest<ReadOutcome> read(PartitionQuery query, ConsistencyLevel level) {
        return ring.request(this, ReadOutcome.class, replyTo -> new Node.Read(query, level, replyTo));
    }

    /**
     * Drops what it holds of ranges that it is no replica of, which takes its time: {@code nodetool cleanup}.
     *
     * @throws IllegalStateException when it fails, with the reason
     */
    public void cleanUp() {
        ring.cleanUp(this);
    }

    /** The process is gone at once, and with it everything that was not safe on disk, as when the power goes. */
    public void crash() {
        ring.stop(this);
    }

    /**
     * All that is on its disk is gone: the process that starts next finds an empty one.
     *
     * @throws IllegalStateException when it runs
     */
    public void loseDisk() {
        if (isRunning()) {
            throw new IllegalStateException(id + " is running; crash it first");
        }
        disk = ring.emptyDisk(id);
    }

    /** The process starts again, with what is on its disk. */
    public void restart() {
        ring.start(this);
    }

    /** The operation that was last asked of it. */
    public Optional<RunningOperation> operation() {
        return Optional.ofNullable(operation);
    }

    @Override
    public String toString() {
        return id.toString();
    }

    ActorRef<Node.Command> process() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException(id + " is not running");
        }
        return running;
    }

    /** How often its process was started. */
    int starts() {
        return starts;
    }

    String nextProcessName() {
        starts++;
        return id + "-" + starts;
    }

    void started(ActorRef<Node.Command> started) {
        process = started;
    }

    void stopped() {
        process = null;
    }

    void become(Mode next) {
        mode = next;
    }

    void operating(RunningOperation next) {
        operation = next;
    }
}
