package io.ringsim.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.data.Mutation;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RingView;
import io.ringsim.spi.LocalStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The part of a node that serves clients and, as a replica, the coordinators on its peers: each write and each read that a
 * client asks of the node is an actor of its own, a {@link WriteCoordinator} or a {@link ReadCoordinator}.
 *
 * <p>A node coordinates once it is a member of the ring; a joining one does not, but takes writes as a replica. An answer
 * for a request that has ended is dropped.
 */
public final class Coordinator extends AbstractBehavior<Coordinator.Command> {
    /**
     * What a coordinator works with.
     *
     * @param generation of this start of the node: lets it tell answers to itself from answers to what it was before
     * @param keyspaces those there are, with their replication
     * @param tables those there are
     */
    public record Setup(
            NodeId self,
            int generation,
            Network network,
            ActorRef<LocalStore.Command> store,
            List<Keyspace> keyspaces,
            List<TableMetadata> tables,
            CoordinatorSettings settings) {
        public Setup {
            keyspaces = List.copyOf(keyspaces);
            tables = List.copyOf(tables);
        }

        private Optional<Keyspace> keyspace(String name) {
            return keyspaces.stream()
                    .filter(keyspace -> keyspace.name().equals(name))
                    .findFirst();
        }

        private Optional<TableMetadata> table(TableId id) {
            return tables.stream().filter(table -> table.id().equals(id)).findFirst();
        }
    }

    /**
     * What the node believes of the ring at the moment of a request.
     *
     * @param up the peers it takes for alive, itself left out
     */
    public record Believed(RingView view, SortedSet<NodeId> up) {}

    public sealed interface Command {}

    /** Writes to as many replicas as the level asks for. */
    public record Write(
            Mutation mutation, ConsistencyLevel level, Believed ring, ActorRef<? super WriteOutcome> replyTo)
            implements Command {}

    /** Reads from as many replicas as the level asks for. */
    public record Read(
            PartitionQuery query, ConsistencyLevel level, Believed ring, ActorRef<? super ReadOutcome> replyTo)
            implements Command {}

    record FromPeer(NodeId peer, StorageMessage message) implements Command {}

    record ConnectionLost(NodeId peer) implements Command {}

    /** A request's actor has told its client. */
    record Ended(long request) implements Command {}

    private final Setup setup;
    private final Replicas replicas;
    private final Map<Long, ActorRef<Replicas.Event>> requests = new TreeMap<>();
    private long nextRequest;

    private Coordinator(ActorContext<Command> context, Setup setup) {
        super(context);
        this.setup = setup;
        this.replicas = new Replicas(setup.self(), setup.network(), setup.store());
        this.nextRequest = (long) setup.generation() << Integer.SIZE;
        setup.network()
                .attach(
                        setup.self(),
                        StorageMessage.CHANNEL,
                        Inbox.of(context.getSelf(), FromPeer::new, (peer, reason) -> new ConnectionLost(peer)));
    }

    /** The coordinator of a node that starts: opens the node's inbox for what coordinators and replicas say. */
    public static Behavior<Command> create(Setup setup) {
        return Behaviors.setup(context -> new Coordinator(context, setup));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Write.class, this::onWrite)
                .onMessage(Read.class, this::onRead)
                .onMessage(FromPeer.class, this::onFromPeer)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(
                        ConnectionLost.class, lost -> this) // whoever waits for that peer waits until its time is over
                .build();
    }

    private Behavior<Command> onWrite(Write write) {
        var keyspace = setup.keyspace(write.mutation().keyspace());
        var tables =
                write.mutation().updates().stream().map(Mutation.Update::table).toList();
        var refusal = whyNot(write.ring(), keyspace, write.mutation().keyspace(), tables);
        if (refusal.isPresent()) {
            write.replyTo().tell(refusal.get());
            return this;
        }
        var view = write.ring().view();
        var plan = WritePlan.of(
                view,
                keyspace.orElseThrow(),
                write.mutation().key().token(),
                write.level(),
                view.location(setup.self()),
                node -> isAlive(node, write.ring()));
        var unavailable = plan.unavailable();
        if (unavailable.isPresent()) {
            write.replyTo().tell(unavailable.get());
            return this;
        }
        long id = nextRequest++;
        var timeout = setup.settings().writeRequestTimeout();
        spawn(
                "write-",
                id,
                WriteCoordinator.create(new WriteCoordinator.Setup(
                        id,
                        write.mutation(),
                        plan,
                        replicas,
                        timeout,
                        write.replyTo(),
                        getContext().getSelf())));
        return this;
    }

    private Behavior<Command> onRead(Read read) {
        var table = read.query().table();
        var keyspace = setup.keyspace(table.keyspace());
        var metadata = setup.table(table);
        var refusal =
                whyNot(read.ring(), keyspace, table.keyspace(), List.of(table)).or(() -> whyNotRead(read));
        if (refusal.isPresent()) {
            read.replyTo().tell(refusal.get());
            return this;
        }
        var plan = ReadPlan.of(
                read.ring().view(),
                keyspace.orElseThrow(),
                read.query().key().token(),
                read.level(),
                setup.self(),
                Proximity.BY_LOCATION,
                node -> isAlive(node, read.ring()));
        var unavailable = plan.unavailable();
        if (unavailable.isPresent()) {
            read.replyTo().tell(unavailable.get());
            return this;
        }
        long id = nextRequest++;
        var timeout = setup.settings().readRequestTimeout();
        spawn(
                "read-",
                id,
                ReadCoordinator.create(new ReadCoordinator.Setup(
                        id,
                        read.query(),
                        metadata.orElseThrow(),
                        plan,
                        replicas,
                        timeout,
                        read.replyTo(),
                        getContext().getSelf())));
        return this;
    }

    private Optional<NotCoordinated> whyNot(
            Believed ring, Optional<Keyspace> keyspace, String name, List<TableId> tables) {
        if (!ring.view().ring().isMember(setup.self())) {
            return Optional.of(new NotCoordinated(setup.self() + " is no member of the ring"));
        }
        if (keyspace.isEmpty()) {
            return Optional.of(new NotCoordinated("Keyspace " + name + " does not exist"));
        }
        return tables.stream()
                .filter(table -> setup.table(table).isEmpty())
                .findFirst()
                .map(table -> new NotCoordinated("unconfigured table " + table.table()));
    }

    private static Optional<NotCoordinated> whyNotRead(Read read) {
        return read.level() == ConsistencyLevel.ANY
                ? Optional.of(new NotCoordinated("ANY ConsistencyLevel is only supported for writes"))
                : Optional.empty();
    }

    private boolean isAlive(NodeId node, Believed ring) {
        return node.equals(setup.self()) || ring.up().contains(node);
    }

    private void spawn(String name, long id, Behavior<Replicas.Event> request) {
        requests.put(id, getContext().spawn(request, name + id));
    }

    private Behavior<Command> onFromPeer(FromPeer from) {
        var message = from.message();
        if (message instanceof StorageMessage.Mutate mutate) {
            getContext().spawnAnonymous(ReplicaTask.apply(replicas, from.peer(), mutate));
        } else if (message instanceof StorageMessage.Read read) {
            getContext().spawnAnonymous(ReplicaTask.read(replicas, from.peer(), read));
        } else if (message instanceof StorageMessage.Answer answer) {
            var request = requests.get(answer.id());
            if (request != null) {
                request.tell(new Replicas.Answered(from.peer(), answer));
            }
        }
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        requests.remove(ended.request());
        return this;
    }
}
