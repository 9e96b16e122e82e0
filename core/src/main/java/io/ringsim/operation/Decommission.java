package io.ringsim.operation;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.operation.Operation.Cancel;
import io.ringsim.operation.Operation.Command;
import io.ringsim.operation.Operation.Completed;
import io.ringsim.operation.Operation.Ended;
import io.ringsim.operation.Operation.Failed;
import io.ringsim.operation.Operation.Outcome;
import io.ringsim.operation.Operation.Refused;
import io.ringsim.operation.Operation.Remember;
import io.ringsim.operation.Operation.RingChanged;
import io.ringsim.operation.Operation.Step;
import io.ringsim.operation.Operation.Waited;
import io.ringsim.ring.MovementPlan;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.spi.Membership.Announce;
import io.ringsim.spi.NodeRecord.Stage;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.time.Duration;
import java.util.List;

/**
 * Takes the node out of the ring after giving its data to those who take over.
 *
 * <p>The steps are those of Cassandra's {@code StorageService.decommission}: refuse when the ring could not hold its
 * replicas afterwards; announce LEAVING; sleep the ring delay, so that writes reach the new replicas too; stream every
 * range to the replicas that gain it; announce LEFT; sleep once more, so that everybody hears it; stop. When a session
 * fails the node stays LEAVING and decommissioning again streams what is missing.
 */
public final class Decommission {
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final OperationContext operation;
    private final boolean force;

    private Decommission(
            ActorContext<Command> context, TimerScheduler<Command> timers, OperationContext operation, boolean force) {
        this.context = context;
        this.timers = timers;
        this.operation = operation;
        this.force = force;
    }

    /**
     * A decommission from its first step.
     *
     * @param force whether to go on although fewer nodes than the replication factor would remain
     * @param now the ring as the node knows it at this moment
     */
    public static Behavior<Command> create(OperationContext operation, boolean force, Surroundings now) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Decommission(context, timers, operation, force).begin(now)));
    }

    private Behavior<Command> begin(Surroundings now) {
        if (movement(now) instanceof Refusal refusal) {
            return ended(new Refused(refusal.reason()));
        }
        operation.membership().tell(new Announce(Status.LEAVING, tokens(), List.of()));
        var delay = leavingDelay();
        step("LEAVING: sleeping " + delay.toMillis() + " ms for batch processing and pending range setup");
        timers.startSingleTimer(Waited.INSTANCE, delay);
        return leaving(now);
    }

    /** Waiting until every coordinator knows who takes over. Next: streaming. */
    private Behavior<Command> leaving(Surroundings now) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> leaving(change.now()))
                .onMessageEquals(Waited.INSTANCE, () -> stream(now))
                .onMessage(Cancel.class, cancel -> ended(new Failed(cancel.reason(), List.of())))
                .onAnyMessage(nothingStreamsYet -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> stream(Surroundings now) {
        var plan = movement(now);
        if (plan instanceof Refusal refusal) {
            return ended(new Failed(refusal.reason(), List.of()));
        }
        var missing = operation.missing(((RangeMovement) plan).transfers());
        step("LEAVING: streaming data to other nodes");
        return missing.isEmpty()
                ? left(List.of())
                : StreamingStep.begin(
                        context, operation, "Unbootstrap", missing, Stage.COMPLETED, tokens(), this::onStreamed);
    }

    private Behavior<Command> onStreamed(Finished finished) {
        if (finished.succeeded()) {
            return left(finished.sessions());
        }
        step("Some data streaming failed. The node stays LEAVING; decommission it again to stream what is missing.");
        return ended(new Failed(JoinSteps.whySessionsFailed(finished.sessions()), finished.sessions()));
    }

    private Behavior<Command> left(List<SessionResult> sessions) {
        operation.owner().tell(new Remember(Stage.DECOMMISSIONED, tokens(), List.of()));
        operation.membership().tell(new Announce(Status.LEFT, tokens(), List.of()));
        step("Announcing that I have left the ring for "
                + operation.settings().ringDelay().toMillis() + " ms");
        timers.startSingleTimer(Waited.INSTANCE, operation.settings().ringDelay());
        return leavingTheStage(sessions);
    }

    /** Waiting until everybody heard that the node left. It cannot be called back any more. */
    private Behavior<Command> leavingTheStage(List<SessionResult> sessions) {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Waited.INSTANCE, () -> {
                    step("DECOMMISSIONED");
                    return ended(new Completed(sessions));
                })
                .onAnyMessage(tooLate -> Behaviors.same())
                .build();
    }

    private Behavior<Command> ended(Outcome outcome) {
        operation.owner().tell(new Ended(outcome));
        return Behaviors.stopped();
    }

    private MovementPlan movement(Surroundings now) {
        return RangeMovement.decommission(now.view(), operation.keyspaces(), operation.node(), force);
    }

    private List<Token> tokens() {
        return operation.record().tokens();
    }

    private Duration leavingDelay() {
        var settings = operation.settings();
        return settings.ringDelay().compareTo(settings.batchlogTimeout()) > 0
                ? settings.ringDelay()
                : settings.batchlogTimeout();
    }

    private void step(String text) {
        operation.owner().tell(new Step(text));
    }
}
