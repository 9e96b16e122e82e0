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
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.spi.Membership.Announce;
import io.ringsim.spi.NodeRecord.Stage;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The steps that all ways into the ring share: waiting for what is known of it, fetching the data, becoming NORMAL. */
final class JoinSteps {
    /** Longer than any membership asks others before it goes on with what it has, however short the ring delay is. */
    private static final Duration LOOK_MIN = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final OperationContext operation;

    private JoinSteps(ActorContext<Command> context, TimerScheduler<Command> timers, OperationContext operation) {
        this.context = context;
        this.timers = timers;
        this.operation = operation;
    }

    /** An operation that takes these steps, from the first one given. */
    static Behavior<Command> begin(OperationContext operation, Function<JoinSteps, Behavior<Command>> first) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> first.apply(new JoinSteps(context, timers, operation))));
    }

    /** Waits until the node knows whom it may meet. Next: what is given, or failed after the ring delay or longer. */
    Behavior<Command> lookAround(Surroundings now, Function<Surroundings, Behavior<Command>> next) {
        var delay = operation.settings().ringDelay();
        return await(Surroundings::lookedAround, delay.compareTo(LOOK_MIN) > 0 ? delay : LOOK_MIN, now, next);
    }

    /** Waits for a peer and for schema agreement. Next: what is given, or failed after the ring delay. */
    Behavior<Command> awaitRing(Surroundings now, Function<Surroundings, Behavior<Command>> next) {
        step("JOINING: waiting for ring information");
        return await(
                known -> !known.up().isEmpty() && disagreeing(known).isEmpty(),
                operation.settings().ringDelay(),
                now,
                next);
    }

    private Behavior<Command> await(
            Predicate<Surroundings> isKnown,
            Duration patience,
            Surroundings now,
            Function<Surroundings, Behavior<Command>> next) {
        if (isKnown.test(now)) {
            return next.apply(now);
        }
        timers.startSingleTimer(Waited.INSTANCE, patience);
        return awaiting(isKnown, now, next);
    }

    private Behavior<Command> awaiting(
            Predicate<Surroundings> isKnown, Surroundings known, Function<Surroundings, Behavior<Command>> next) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> {
                    if (!isKnown.test(change.now())) {
                        return awaiting(isKnown, change.now(), next);
                    }
                    timers.cancel(Waited.INSTANCE);
                    return next.apply(change.now());
                })
                .onMessageEquals(Waited.INSTANCE, () -> failed(whyRingUnknown(known)))
                .onMessage(Cancel.class, cancel -> failed(cancel.reason()))
                .onAnyMessage(nothingStreamsYet -> Behaviors.unhandled())
                .build();
    }

    private String whyRingUnknown(Surroundings now) {
        return now.up().isEmpty() || !now.lookedAround()
                ? "Unable to contact any seeds!"
                : "no schema agreement with " + disagreeing(now) + " within "
                        + operation.settings().ringDelay().toSeconds() + " s";
    }

    private static List<NodeId> disagreeing(Surroundings now) {
        return now.otherSchema().stream()
                .filter(peer -> now.up().contains(peer))
                .toList();
    }

    /** Waits for so long. Next: what is given, with what is known then. */
    Behavior<Command> sleep(Duration delay, Surroundings now, Function<Surroundings, Behavior<Command>> next) {
        timers.startSingleTimer(Waited.INSTANCE, delay);
        return sleeping(now, next);
    }

    private Behavior<Command> sleeping(Surroundings now, Function<Surroundings, Behavior<Command>> next) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> sleeping(change.now(), next))
                .onMessageEquals(Waited.INSTANCE, () -> next.apply(now))
                .onMessage(Cancel.class, cancel -> failed(cancel.reason()))
                .onAnyMessage(nothingStreamsYet -> Behaviors.unhandled())
                .build();
    }

    /** Waits until every coordinator counts this node in. Next: what is given. */
    Behavior<Command> awaitPendingRanges(Surroundings now, Function<Surroundings, Behavior<Command>> next) {
        var delay = operation.settings().ringDelay();
        step("JOINING: sleeping " + delay.toMillis() + " ms for pending range setup");
        return sleep(delay, now, next);
    }

    /**
     * Streams what of the plan an earlier attempt did not. Next: NORMAL, or failed.
     *
     * @param again how to go on when some of it fails: {@code bootstrap it}
     * @param done what is told when the node is a member
     */
    Behavior<Command> fetch(Surroundings now, MovementPlan plan, List<Token> tokens, String again, String done) {
        if (now.up().isEmpty()) {
            return failed("Unable to contact any seeds! No peer of " + operation.node() + " is up");
        }
        if (plan instanceof Refusal refusal) {
            return failed(refusal.reason());
        }
        var missing = operation.missing(((RangeMovement) plan).transfers());
        step("JOINING: Starting to bootstrap...");
        return missing.isEmpty()
                ? joined(tokens, List.of(), done)
                : StreamingStep.begin(
                        context,
                        operation,
                        "Bootstrap",
                        missing,
                        Stage.IN_PROGRESS,
                        tokens,
                        finished -> onStreamed(finished, tokens, again, done));
    }

    private Behavior<Command> onStreamed(Finished finished, List<Token> tokens, String again, String done) {
        if (finished.succeeded()) {
            return joined(tokens, finished.sessions(), done);
        }
        step("Some data streaming failed. The node stays JOINING; " + again + " again to stream what is missing.");
        return ended(new Failed(whySessionsFailed(finished.sessions()), finished.sessions()));
    }

    /** Announces the node as a member. Next: completed, with these words. */
    Behavior<Command> joined(List<Token> tokens, List<SessionResult> sessions, String done) {
        operation.owner().tell(new Remember(Stage.COMPLETED, tokens, List.of()));
        operation.membership().tell(new Announce(Status.NORMAL, tokens, List.of()));
        return becomingNormal(sessions, done);
    }

    /** Waiting to see itself among the members. It cannot be called back any more. */
    private Behavior<Command> becomingNormal(List<SessionResult> sessions, String done) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> {
                    if (!change.now().view().ring().isMember(operation.node())) {
                        return Behaviors.same();
                    }
                    step(done);
                    return ended(new Completed(sessions));
                })
                .onAnyMessage(tooLate -> Behaviors.same())
                .build();
    }

    /** What the node is to find when it starts again before this is over. */
    void begun(List<Token> tokens) {
        var done = operation.record().done();
        operation.owner().tell(new Remember(Stage.IN_PROGRESS, tokens, done));
    }

    SourceChoice sources(boolean strict, Predicate<NodeId> alive) {
        return new SourceChoice(
                strict, alive, Proximity.BY_LOCATION, operation.settings().balancedSources());
    }

    Behavior<Command> refused(String reason) {
        return ended(new Refused(reason));
    }

    Behavior<Command> failed(String reason) {
        return ended(new Failed(reason, List.of()));
    }

    private Behavior<Command> ended(Outcome outcome) {
        operation.owner().tell(new Ended(outcome));
        return Behaviors.stopped();
    }

    void step(String text) {
        operation.owner().tell(new Step(text));
    }

    static String whySessionsFailed(List<SessionResult> sessions) {
        var reasons = new StringBuilder("Stream failed:");
        for (var session : sessions) {
            if (!session.completed()) {
                reasons.append(' ')
                        .append(session.peer())
                        .append(": ")
                        .append(session.failure())
                        .append(';');
            }
        }
        return reasons.substring(0, reasons.length() - 1);
    }
}
