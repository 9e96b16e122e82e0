package io.ringsim.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.coordinator.Replicas.Answered;
import io.ringsim.coordinator.Replicas.TimedOut;
import io.ringsim.coordinator.StorageMessage.Mutate;
import io.ringsim.coordinator.StorageMessage.Mutated;
import io.ringsim.coordinator.StorageMessage.Refused;
import io.ringsim.coordinator.WriteOutcome.WriteFailed;
import io.ringsim.coordinator.WriteOutcome.WriteTimedOut;
import io.ringsim.coordinator.WriteOutcome.Written;
import io.ringsim.data.Mutation;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One write: sends it to all replicas that are alive and to those about to be, waits for as many acknowledgements as the
 * plan needs, and tells the client. What comes later is not waited for.
 */
final class WriteCoordinator {
    /**
     * What one write works with.
     *
     * @param plan of a write that is not {@linkplain WritePlan#unavailable unavailable}
     * @param client told the outcome
     * @param ended told after the client
     */
    record Setup(
            long id,
            Mutation mutation,
            WritePlan plan,
            Replicas replicas,
            Duration timeout,
            ActorRef<? super WriteOutcome> client,
            ActorRef<? super Coordinator.Ended> ended) {}

    private final Setup setup;
    private final SortedSet<NodeId> acknowledged = new TreeSet<>();
    private final SortedMap<NodeId, String> refused = new TreeMap<>();

    private WriteCoordinator(Setup setup) {
        this.setup = setup;
    }

    static Behavior<Replicas.Event> create(Setup setup) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(TimedOut.INSTANCE, setup.timeout());
            return new WriteCoordinator(setup).begin(context);
        }));
    }

    private Behavior<Replicas.Event> begin(ActorContext<Replicas.Event> context) {
        for (var replica : setup.plan().alive()) {
            setup.replicas().ask(context, replica, new Mutate(setup.id(), setup.mutation()));
        }
        return next();
    }

    private Behavior<Replicas.Event> next() {
        var requirement = setup.plan().requirement();
        if (requirement.isMetBy(acknowledged)) {
            return end(new Written());
        }
        var left = new ArrayList<>(setup.plan().alive());
        left.removeAll(refused.keySet());
        return requirement.isMetBy(left)
                ? waiting()
                : end(new WriteFailed(setup.plan().level(), received(), requirement.required(), type(), refused));
    }

    /** Waiting for acknowledgements. Next: the end. */
    private Behavior<Replicas.Event> waiting() {
        return Behaviors.receive(Replicas.Event.class)
                .onMessage(Answered.class, this::onAnswered)
                .onMessageEquals(TimedOut.INSTANCE, this::onTimedOut)
                .build();
    }

    private Behavior<Replicas.Event> onAnswered(Answered answered) {
        if (answered.answer() instanceof Mutated) {
            acknowledged.add(answered.replica());
        } else if (answered.answer() instanceof Refused refusal) {
            refused.put(answered.replica(), refusal.reason());
        } else {
            throw new IllegalStateException(answered.replica() + " answers a write with " + answered.answer());
        }
        return next();
    }

    private Behavior<Replicas.Event> onTimedOut() {
        return end(new WriteTimedOut(
                setup.plan().level(), received(), setup.plan().requirement().required(), type()));
    }

    private int received() {
        return setup.plan().requirement().received(acknowledged);
    }

    private WriteType type() {
        return WriteType.of(setup.mutation());
    }

    private Behavior<Replicas.Event> end(WriteOutcome outcome) {
        setup.client().tell(outcome);
        setup.ended().tell(new Coordinator.Ended(setup.id()));
        return Behaviors.stopped();
    }
}
