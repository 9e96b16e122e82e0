package io.ringsim.operation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.network.Network;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer;
import java.time.Duration;
import java.util.List;

/**
 * One node's part in the removal of a dead one, Cassandra's {@code StorageService.restoreReplicaCount}: fetches what the
 * node gains from replicas that are alive, then tells the coordinator of the removal, also when it could not fetch all of
 * it, and again until that is acknowledged or the coordinator is seen dead.
 */
final class RestoreReplicas {
    /** How long an answer may take (Cassandra: the request time-out). */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /**
     * A node's part.
     *
     * @param plan names the stream plan; unique per node and generation
     * @param generation the dead node's, in which it is REMOVING
     * @param coordinator the node that removes it
     */
    record Setup(
            NodeId node,
            String plan,
            NodeId dead,
            int generation,
            NodeId coordinator,
            List<Keyspace> keyspaces,
            Network network,
            ActorRef<RangeStreamer.Command> streamer) {
        Setup {
            keyspaces = List.copyOf(keyspaces);
        }
    }

    sealed interface Command {}

    record RingChanged(Surroundings now) implements Command {}

    enum Acknowledged implements Command {
        INSTANCE
    }

    private record Streamed(RangeStreamer.Event event) implements Command {}

    private enum NoAnswer implements Command {
        INSTANCE
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Setup setup;

    private RestoreReplicas(ActorContext<Command> context, TimerScheduler<Command> timers, Setup setup) {
        this.context = context;
        this.timers = timers;
        this.setup = setup;
    }

    static Behavior<Command> create(Setup setup, Surroundings now) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new RestoreReplicas(context, timers, setup).begin(now)));
    }

    private Behavior<Command> begin(Surroundings now) {
        if (!isCoordinatorUp(now)) {
            return notBegun();
        }
        var gained = gained(now);
        if (gained.isEmpty()) {
            return confirm(now);
        }
        var events = context.messageAdapter(RangeStreamer.Event.class, Streamed::new);
        setup.streamer().tell(new RangeStreamer.Stream(setup.plan(), "Restore replica count", gained, events));
        return streaming(now);
    }

    /** Waiting to see the coordinator, as a node does that starts. Next: the beginning, or the end as it is all over. */
    private Behavior<Command> notBegun() {
        return Behaviors.receive(Command.class)
                .onMessage(
                        RingChanged.class,
                        change -> change.now().view().ring().isMember(setup.dead())
                                ? begin(change.now())
                                : Behaviors.stopped())
                .onAnyMessage(early -> Behaviors.same())
                .build();
    }

    private boolean isCoordinatorUp(Surroundings now) {
        return setup.coordinator().equals(setup.node()) || now.up().contains(setup.coordinator());
    }

    private List<Transfer> gained(Surroundings now) {
        var sources = new SourceChoice(
                false, peer -> peer.equals(setup.node()) || now.up().contains(peer), Proximity.BY_LOCATION, false);
        return RangeMovement.remove(now.view(), setup.keyspaces(), setup.dead(), sources)
                        instanceof RangeMovement movement
                ? movement.transfers().stream()
                        .filter(transfer -> transfer.to().equals(setup.node()))
                        .toList()
                : List.of();
    }

    /** Waiting for the outcome of the plan. Next: confirming, whatever it is. */
    private Behavior<Command> streaming(Surroundings now) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> streaming(change.now()))
                .onMessage(
                        Streamed.class,
                        streamed ->
                                streamed.event() instanceof RangeStreamer.Finished ? confirm(now) : Behaviors.same())
                .onAnyMessage(early -> Behaviors.same())
                .build();
    }

    private Behavior<Command> confirm(Surroundings now) {
        if (!isCoordinatorUp(now)) {
            return Behaviors.stopped();
        }
        setup.network()
                .send(
                        setup.node(),
                        setup.coordinator(),
                        RemovalMessage.CHANNEL,
                        new RemovalMessage.ReplicationDone(setup.dead(), setup.generation()));
        timers.startSingleTimer(NoAnswer.INSTANCE, ANSWER_WITHIN);
        return confirming(now);
    }

    /** Waiting for the coordinator's answer. Next: the end, or the same again. */
    private Behavior<Command> confirming(Surroundings now) {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Acknowledged.INSTANCE, Behaviors::stopped)
                .onMessage(RingChanged.class, change -> confirming(change.now()))
                .onMessageEquals(NoAnswer.INSTANCE, () -> confirm(now))
                .onAnyMessage(late -> Behaviors.same())
                .build();
    }
}
