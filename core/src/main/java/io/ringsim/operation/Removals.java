package io.ringsim.operation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.RangeStreamer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a node that takes part in removals of dead nodes, whoever coordinates them: for each it has a {@link
 * RestoreReplicas} fetch what the node gains, and it answers those that confirm the same to this node.
 */
public final class Removals extends AbstractBehavior<Removals.Command> {
    /**
     * What it works with.
     *
     * @param generation of this start of the node
     */
    public record Setup(
            NodeId node,
            int generation,
            List<Keyspace> keyspaces,
            Network network,
            ActorRef<RangeStreamer.Command> streamer) {
        public Setup {
            keyspaces = List.copyOf(keyspaces);
        }
    }

    public sealed interface Command {}

    /** The node's view of the ring, or of who is alive, changed by this news of nodes. */
    public record RingChanged(Surroundings now, List<Endpoint> news) implements Command {
        public RingChanged {
            news = List.copyOf(news);
        }
    }

    /** Has everybody told that confirms this removal from now on; the one before is not waited for any more. */
    record Await(NodeId dead, int generation, ActorRef<? super Operation.Confirmed> replyTo) implements Command {}

    private record FromPeer(NodeId peer, RemovalMessage message) implements Command {}

    private record ConnectionLost(NodeId peer) implements Command {}

    private record Restored(Removal removal) implements Command {}

    /** One removal: the dead node and its generation in which it is REMOVING. */
    private record Removal(NodeId dead, int generation) {
        static final Comparator<Removal> ORDER =
                Comparator.comparing(Removal::dead).thenComparing(Removal::generation);

        static Removal of(RemovalMessage message) {
            return new Removal(message.dead(), message.generation());
        }
    }

    private final Setup setup;
    private final SortedMap<Removal, ActorRef<RestoreReplicas.Command>> restoring = new TreeMap<>(Removal.ORDER);
    private Optional<Await> awaited = Optional.empty();
    private int plans;

    private Removals(ActorContext<Command> context, Setup setup) {
        super(context);
        this.setup = setup;
        setup.network()
                .attach(
                        setup.node(),
                        RemovalMessage.CHANNEL,
                        Inbox.of(context.getSelf(), FromPeer::new, (peer, reason) -> new ConnectionLost(peer)));
    }

    /** Opens the node's inbox for what is said of removals. */
    public static Behavior<Command> create(Setup setup) {
        return Behaviors.setup(context -> new Removals(context, setup));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(RingChanged.class, this::onRingChanged)
                .onMessage(Await.class, this::onAwait)
                .onMessage(FromPeer.class, this::onFromPeer)
                .onMessage(Restored.class, this::onRestored)
                .onMessage(ConnectionLost.class, lost -> this) // what is not acknowledged is said again
                .build();
    }

    private Behavior<Command> onRingChanged(RingChanged change) {
        restoring.values().forEach(restore -> restore.tell(new RestoreReplicas.RingChanged(change.now())));
        for (var endpoint : change.news()) {
            boolean concernsUs = endpoint.status() == Status.REMOVING
                    && !endpoint.node().equals(setup.node())
                    && change.now().view().ring().isMember(endpoint.node());
            if (concernsUs) {
                restore(endpoint, change.now());
            }
        }
        return this;
    }

    private void restore(Endpoint dead, Surroundings now) {
        var removal = new Removal(dead.node(), dead.generation());
        if (!restoring.containsKey(removal)) {
            plans++;
            var restore = getContext()
                    .spawnAnonymous(RestoreReplicas.create(
                            new RestoreReplicas.Setup(
                                    setup.node(),
                                    setup.node() + "-" + setup.generation() + "-restore-" + plans,
                                    dead.node(),
                                    dead.generation(),
                                    dead.remover().get(0),
                                    setup.keyspaces(),
                                    setup.network(),
                                    setup.streamer()),
                            now));
            restoring.put(removal, restore);
            getContext().watchWith(restore, new Restored(removal));
        }
    }

    private Behavior<Command> onRestored(Restored restored) {
        restoring.remove(restored.removal());
        return this;
    }

    private Behavior<Command> onAwait(Await await) {
        awaited = Optional.of(await);
        return this;
    }

    private Behavior<Command> onFromPeer(FromPeer from) {
        var removal = Removal.of(from.message());
        if (from.message() instanceof RemovalMessage.ReplicationDone) {
            // Also what nobody waits for is acknowledged, or it would come again and again.
            setup.network()
                    .send(
                            setup.node(),
                            from.peer(),
                            RemovalMessage.CHANNEL,
                            new RemovalMessage.ReplicationNoted(removal.dead(), removal.generation()));
            awaited.filter(await -> removal.equals(new Removal(await.dead(), await.generation())))
                    .ifPresent(await -> await.replyTo().tell(new Operation.Confirmed(from.peer())));
        } else {
            var restore = restoring.get(removal);
            if (restore != null) {
                restore.tell(RestoreReplicas.Acknowledged.INSTANCE);
            }
        }
        return this;
    }
}
