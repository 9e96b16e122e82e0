package io.ringsim.sim;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import java.util.function.Consumer;

/**
 * Parent of a simulated ring's nodes. The ring's driver shares its thread, so it may hand in what to call back.
 */
final class Guardian extends AbstractBehavior<Guardian.Command> {
    sealed interface Command {}

    /** Starts an actor and hands it to {@code started}. */
    record Spawn(String name, Behavior<Node.Command> node, Consumer<ActorRef<Node.Command>> started)
            implements Command {}

    /** Ends a node's process with all that belongs to it, as a crash does. */
    record Stop(ActorRef<Node.Command> node) implements Command {}

    /** Asks a node what it is and believes. */
    record Look(ActorRef<Node.Command> node, Consumer<Node.State> seen) implements Command {}

    /** Has a node do what ends in an outcome. */
    record Operate(ActorRef<Node.Command> node, OperationCommand command, Consumer<Operation.Outcome> ended)
            implements Command {}

    /** Makes the command once it is known where the outcome goes. */
    interface OperationCommand {
        Node.Command replyingTo(ActorRef<? super Operation.Outcome> replyTo);
    }

    record Heard(Node.Event event) implements Command {}

    private record Seen(Node.State state, Consumer<Node.State> seen) implements Command {}

    private record Ended(Operation.Outcome outcome, Consumer<Operation.Outcome> ended) implements Command {}

    private final Consumer<Node.Event> watch;

    private Guardian(ActorContext<Command> context, Consumer<Node.Event> watch) {
        super(context);
        this.watch = watch;
    }

    static Behavior<Command> create(Consumer<Node.Event> watch) {
        return Behaviors.setup(context -> new Guardian(context, watch));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Spawn.class, this::onSpawn)
                .onMessage(Stop.class, this::onStop)
                .onMessage(Look.class, this::onLook)
                .onMessage(Operate.class, this::onOperate)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Seen.class, this::onSeen)
                .onMessage(Ended.class, this::onEnded)
                .onSignal(ChildFailed.class, this::onBug)
                .build();
    }

    private Behavior<Command> onSpawn(Spawn spawn) {
        var node = getContext().spawn(spawn.node(), spawn.name());
        getContext().watch(node);
        spawn.started().accept(node);
        return this;
    }

    private Behavior<Command> onStop(Stop stop) {
        getContext().unwatch(stop.node());
        getContext().stop(stop.node());
        return this;
    }

    private Behavior<Command> onLook(Look look) {
        var once = getContext()
                .spawnAnonymous(Behaviors.receive(Node.State.class)
                        .onMessage(Node.State.class, state -> {
                            getContext().getSelf().tell(new Seen(state, look.seen()));
                            return Behaviors.stopped();
                        })
                        .build());
        look.node().tell(new Node.GetState(once));
        return this;
    }

    private Behavior<Command> onOperate(Operate operate) {
        var once = getContext()
                .spawnAnonymous(Behaviors.receive(Operation.Outcome.class)
                        .onAnyMessage(outcome -> {
                            getContext().getSelf().tell(new Ended(outcome, operate.ended()));
                            return Behaviors.stopped();
                        })
                        .build());
        operate.node().tell(operate.command().replyingTo(once));
        return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
        watch.accept(heard.event());
        return this;
    }

    private Behavior<Command> onSeen(Seen seen) {
        seen.seen().accept(seen.state());
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        ended.ended().accept(ended.outcome());
        return this;
    }

    private Behavior<Command> onBug(ChildFailed failed) {
        throw new IllegalStateException(failed.getRef().path().name() + " failed", failed.cause());
    }
}
