package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.deploy.HostSettings.Joining;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes nodes of a host members of the ring, by bootstrap, in a dead one's place, or at once; one after the other, for only
 * one may move at a time. One that could not is tried again until it is one, or ends. Its end is this actor's too.
 */
final class HostJoin {
    /** A node that never was a member, with the tokens it shall have. */
    record Candidate(NodeId node, ActorRef<Node.Command> actor, List<Token> tokens) {
        Candidate {
            tokens = List.copyOf(tokens);
        }
    }

    /** What the last try of a node came to; nothing when it joined. */
    record Tried(NodeId node, Optional<String> problem) {}

    interface Command {}

    private record Ended(Operation.Outcome outcome) implements Command {}

    /** Of each candidate, each time it is its turn: an earlier one's end is no news. */
    private record Gone(NodeId node) implements Command {}

    private enum Again implements Command {
        INSTANCE
    }

    /** A refusal ends when others have moved, or when this node has heard that they did. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Joining joining;
    private final ActorRef<Tried> owner;

    private HostJoin(
            ActorContext<Command> context, TimerScheduler<Command> timers, Joining joining, ActorRef<Tried> owner) {
        this.context = context;
        this.timers = timers;
        this.joining = joining;
        this.owner = owner;
    }

    static Behavior<Command> create(List<Candidate> candidates, Joining joining, ActorRef<Tried> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new HostJoin(context, timers, joining, owner).next(List.copyOf(candidates))));
    }

    private Behavior<Command> next(List<Candidate> waiting) {
        if (waiting.isEmpty()) {
            return Behaviors.stopped();
        }
        var candidate = waiting.get(0);
        var rest = waiting.subList(1, waiting.size());
        context.watchWith(candidate.actor(), new Gone(candidate.node()));
        return tell(candidate, rest);
    }

    private Behavior<Command> tell(Candidate candidate, List<Candidate> rest) {
        var outcome = context.messageAdapter(Operation.Outcome.class, Ended::new);
        candidate.actor().tell(command(candidate, outcome));
        return joining(candidate, rest);
    }

    private Node.Command command(Candidate candidate, ActorRef<Operation.Outcome> outcome) {
        var replaced = joining.replaced(candidate.node());
        if (replaced.isPresent()) {
            return new Node.Replace(replaced.get(), outcome);
        }
        return joining.bootstraps()
                ? new Node.Bootstrap(candidate.tokens(), outcome)
                : new Node.Join(candidate.tokens(), outcome);
    }

    /** Waiting for the outcome, or until the next try is due. Next: this node again, the next one, or the end. */
    private Behavior<Command> joining(Candidate candidate, List<Candidate> rest) {
        return Behaviors.receive(Command.class)
                .onMessage(Ended.class, ended -> onEnded(ended.outcome(), candidate, rest))
                .onMessageEquals(Again.INSTANCE, () -> tell(candidate, rest))
                .onMessage(Gone.class, gone -> {
                    timers.cancel(Again.INSTANCE);
                    return next(rest);
                })
                .build();
    }

    private Behavior<Command> onEnded(Operation.Outcome outcome, Candidate candidate, List<Candidate> rest) {
        var problem = Optional.of(Outcomes.reason(outcome)).filter(reason -> !reason.isEmpty());
        owner.tell(new Tried(candidate.node(), problem));
        if (problem.isEmpty()) {
            context.unwatch(candidate.actor());
            return next(rest);
        }
        var retry = outcome instanceof Operation.Refused ? SOON : joining.retry();
        context.getLog().warn("{} could not join: {}; tries again in {}", candidate.node(), problem.get(), retry);
        timers.startSingleTimer(Again.INSTANCE, Again.INSTANCE, retry);
        return Behaviors.same();
    }
}
