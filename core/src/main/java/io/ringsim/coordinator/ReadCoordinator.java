package io.ringsim.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.coordinator.ReadOutcome.Found;
import io.ringsim.coordinator.ReadOutcome.ReadFailed;
import io.ringsim.coordinator.ReadOutcome.ReadTimedOut;
import io.ringsim.coordinator.Replicas.Answered;
import io.ringsim.coordinator.Replicas.TimedOut;
import io.ringsim.coordinator.StorageMessage.Mutate;
import io.ringsim.coordinator.StorageMessage.Mutated;
import io.ringsim.coordinator.StorageMessage.Read;
import io.ringsim.coordinator.StorageMessage.Refused;
import io.ringsim.coordinator.StorageMessage.Rows;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One read: asks as many replicas as have to answer for their rows and merges them. A replica that lacks some of what the
 * others know is written that, and has to acknowledge, before the client is answered: so what one read has seen every later
 * one sees, if both are at a level whose replicas overlap. The client is told one outcome, within the time for the whole
 * read.
 *
 * <p>Each replica asked answers each round once, in order, so answers need not name their round.
 */
final class ReadCoordinator {
    /**
     * What one read works with.
     *
     * @param plan of a read that is not {@linkplain ReadPlan#unavailable unavailable}
     * @param client told the outcome
     * @param ended told after the client
     */
    record Setup(
            long id,
            PartitionQuery query,
            TableMetadata table,
            ReadPlan plan,
            Replicas replicas,
            Duration timeout,
            ActorRef<? super ReadOutcome> client,
            ActorRef<? super Coordinator.Ended> ended) {}

    private final ActorContext<Replicas.Event> context;
    private final Setup setup;

    private ReadCoordinator(ActorContext<Replicas.Event> context, Setup setup) {
        this.context = context;
        this.setup = setup;
    }

    static Behavior<Replicas.Event> create(Setup setup) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(TimedOut.INSTANCE, setup.timeout());
            return new ReadCoordinator(context, setup).ask(Answers.none(setup.query(), setup.table()));
        }));
    }

    private Behavior<Replicas.Event> ask(Answers none) {
        for (var replica : setup.plan().asked()) {
            setup.replicas().ask(context, replica, new Read(setup.id(), none.query()));
        }
        return setup.plan().asked().isEmpty() ? resolve(none) : waiting(none);
    }

    /** Waiting for rows. Next: the same for more of them, repairing, or the end. */
    private Behavior<Replicas.Event> waiting(Answers answers) {
        return Behaviors.receive(Replicas.Event.class)
                .onMessage(Answered.class, answered -> onRows(answered, answers))
                .onMessageEquals(
                        TimedOut.INSTANCE, () -> timedOut(answers.byReplica().keySet()))
                .build();
    }

    private Behavior<Replicas.Event> onRows(Answered answered, Answers before) {
        if (answered.answer() instanceof Refused refusal) {
            return failed(answered.replica(), refusal, before.byReplica().keySet());
        }
        if (!(answered.answer() instanceof Rows rows)) {
            throw new IllegalStateException(answered.replica() + " answers a read with " + answered.answer());
        }
        var answers = before.with(answered.replica(), rows.partition());
        return answers.byReplica().size() == setup.plan().asked().size() ? resolve(answers) : waiting(answers);
    }

    private Behavior<Replicas.Event> resolve(Answers answers) {
        long nowSeconds = Clock.of(context.getSystem()).instant().getEpochSecond();
        if (answers.isShort(nowSeconds)) {
            return ask(answers.further());
        }
        var together = answers.together();
        var result = answers.result(together, setup.query().limit(), nowSeconds);
        var repairs = answers.repairs(together);
        repairs.forEach((replica, missing) -> setup.replicas().ask(context, replica, new Mutate(setup.id(), missing)));
        return repairing(new TreeSet<>(repairs.keySet()), result);
    }

    /** Waiting for the replicas that were behind to be so no more. Next: the end. */
    private Behavior<Replicas.Event> repairing(SortedSet<NodeId> behind, Partition result) {
        if (behind.isEmpty()) {
            return end(new Found(result));
        }
        return Behaviors.receive(Replicas.Event.class)
                .onMessage(Answered.class, answered -> onRepaired(answered, behind, result))
                .onMessageEquals(TimedOut.INSTANCE, () -> timedOut(upToDate(behind)))
                .build();
    }

    private Behavior<Replicas.Event> onRepaired(Answered answered, SortedSet<NodeId> behind, Partition result) {
        if (answered.answer() instanceof Refused refusal) {
            return failed(answered.replica(), refusal, upToDate(behind));
        }
        if (!(answered.answer() instanceof Mutated)) {
            throw new IllegalStateException(answered.replica() + " answers a repair with " + answered.answer());
        }
        var still = new TreeSet<>(behind);
        still.remove(answered.replica());
        return repairing(still, result);
    }

    private SortedSet<NodeId> upToDate(Collection<NodeId> behind) {
        var others = new TreeSet<>(setup.plan().asked());
        others.removeAll(behind);
        return others;
    }

    private Behavior<Replicas.Event> timedOut(Collection<NodeId> answered) {
        var requirement = setup.plan().requirement();
        return end(new ReadTimedOut(setup.plan().level(), requirement.received(answered), requirement.required()));
    }

    private Behavior<Replicas.Event> failed(NodeId replica, Refused refusal, Collection<NodeId> answered) {
        var requirement = setup.plan().requirement();
        return end(new ReadFailed(
                setup.plan().level(),
                requirement.received(answered),
                requirement.required(),
                new TreeMap<>(Collections.singletonMap(replica, refusal.reason()))));
    }

    private Behavior<Replicas.Event> end(ReadOutcome outcome) {
        setup.client().tell(outcome);
        setup.ended().tell(new Coordinator.Ended(setup.id()));
        return Behaviors.stopped();
    }
}
