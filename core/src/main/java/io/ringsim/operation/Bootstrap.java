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
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes the node a member of the ring, with its data.
 *
 * <p>The steps are those of Cassandra's {@code StorageService.joinTokenRing}: wait for ring information and schema
 * agreement; refuse when the node is a member already, a token is taken, or (under consistent range movement) others
 * are moving; announce BOOT with the tokens; sleep the ring delay, so that every coordinator knows the pending ranges
 * before any data moves; stream each range from the replica that loses it; announce NORMAL. When a session fails the
 * node stays JOINING with its tokens announced; bootstrapping again then streams only what is missing.
 */
public final class Bootstrap {
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final OperationContext operation;
    private final List<Token> tokens;

    private Bootstrap(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            OperationContext operation,
            List<Token> tokens) {
        this.context = context;
        this.timers = timers;
        this.operation = operation;
        this.tokens = List.copyOf(tokens);
    }

    /**
     * A bootstrap from its first step.
     *
     * @param tokens the tokens the node is to own
     * @param now the ring as the node knows it at this moment
     */
    public static Behavior<Command> create(OperationContext operation, List<Token> tokens, Surroundings now) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Bootstrap(context, timers, operation, tokens).begin(now)));
    }

    /** The bootstrap of a node that is JOINING already: streams what an earlier attempt did not. */
    public static Behavior<Command> resume(OperationContext operation, List<Token> tokens, Surroundings now) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Bootstrap(context, timers, operation, tokens).stream(now)));
    }

    private Behavior<Command> begin(Surroundings now) {
        step("JOINING: waiting for ring information");
        timers.startSingleTimer(Waited.INSTANCE, operation.settings().ringDelay());
        return ringKnown(now) ? announce(now) : waitingForRing(now);
    }

    /** Waiting for a peer and for schema agreement. Next: announced, or failed after the ring delay. */
    private Behavior<Command> waitingForRing(Surroundings known) {
        return Behaviors.receive(Command.class)
                .onMessage(
                        RingChanged.class,
                        change -> ringKnown(change.now()) ? announce(change.now()) : waitingForRing(change.now()))
                .onMessageEquals(Waited.INSTANCE, () -> ended(new Failed(whyRingUnknown(known), List.of())))
                .onMessage(Cancel.class, cancel -> ended(new Failed(cancel.reason(), List.of())))
                .onAnyMessage(nothingStreamsYet -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> announce(Surroundings now) {
        // Asked for with everybody alive: only what makes the operation wrong as such is a refusal, a dead source is
        // not.
        var plan = RangeMovement.bootstrap(
                now.view(),
                operation.keyspaces(),
                operation.node(),
                operation.location(),
                tokens,
                sources(node -> true));
        if (plan instanceof Refusal refusal) {
            return ended(new Refused(refusal.reason()));
        }
        operation
                .owner()
                .tell(new Remember(Stage.IN_PROGRESS, tokens, operation.record().done()));
        operation.membership().tell(new Announce(Status.BOOT, tokens, List.of()));
        step("JOINING: sleeping " + operation.settings().ringDelay().toMillis() + " ms for pending range setup");
        timers.startSingleTimer(Waited.INSTANCE, operation.settings().ringDelay());
        return waitingForPendingRanges(now);
    }

    /** Waiting until every coordinator counts this node in. Next: streaming. */
    private Behavior<Command> waitingForPendingRanges(Surroundings now) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> waitingForPendingRanges(change.now()))
                .onMessageEquals(Waited.INSTANCE, () -> stream(now))
                .onMessage(Cancel.class, cancel -> ended(new Failed(cancel.reason(), List.of())))
                .onAnyMessage(nothingStreamsYet -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> stream(Surroundings now) {
        if (now.up().isEmpty()) {
            return ended(
                    new Failed("Unable to contact any seeds! No peer of " + operation.node() + " is up", List.of()));
        }
        var plan = RangeMovement.bootstrap(
                now.view(),
                operation.keyspaces(),
                operation.node(),
                operation.location(),
                tokens,
                sources(peer -> now.up().contains(peer)));
        if (plan instanceof Refusal refusal) {
            return ended(new Failed(refusal.reason(), List.of()));
        }
        var missing = operation.missing(((RangeMovement) plan).transfers());
        step("JOINING: Starting to bootstrap...");
        return missing.isEmpty()
                ? joined(List.of())
                : StreamingStep.begin(
                        context, operation, "Bootstrap", missing, Stage.IN_PROGRESS, tokens, this::onStreamed);
    }

    private Behavior<Command> onStreamed(Finished finished) {
        if (finished.succeeded()) {
            return joined(finished.sessions());
        }
        step("Some data streaming failed. The node stays JOINING; bootstrap it again to stream what is missing.");
        return ended(new Failed(whySessionsFailed(finished.sessions()), finished.sessions()));
    }

    private Behavior<Command> joined(List<SessionResult> sessions) {
        operation.owner().tell(new Remember(Stage.COMPLETED, tokens, List.of()));
        operation.membership().tell(new Announce(Status.NORMAL, tokens, List.of()));
        return becomingNormal(sessions);
    }

    /** Waiting to see itself among the members. It cannot be called back any more. */
    private Behavior<Command> becomingNormal(List<SessionResult> sessions) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> {
                    if (!change.now().view().ring().isMember(operation.node())) {
                        return Behaviors.same();
                    }
                    step("NORMAL: bootstrap completed");
                    return ended(new Completed(sessions));
                })
                .onAnyMessage(tooLate -> Behaviors.same())
                .build();
    }

    private Behavior<Command> ended(Outcome outcome) {
        operation.owner().tell(new Ended(outcome));
        return Behaviors.stopped();
    }

    private boolean ringKnown(Surroundings now) {
        return !now.up().isEmpty() && disagreeing(now).isEmpty();
    }

    private String whyRingUnknown(Surroundings now) {
        return now.up().isEmpty()
                ? "Unable to contact any seeds!"
                : "no schema agreement with " + disagreeing(now) + " within "
                        + operation.settings().ringDelay().toSeconds() + " s";
    }

    private List<NodeId> disagreeing(Surroundings now) {
        return now.otherSchema().stream()
                .filter(peer -> now.up().contains(peer))
                .toList();
    }

    private SourceChoice sources(Predicate<NodeId> alive) {
        return new SourceChoice(
                operation.settings().consistentRangeMovement(),
                alive,
                Proximity.BY_LOCATION,
                operation.settings().balancedSources());
    }

    private void step(String text) {
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
