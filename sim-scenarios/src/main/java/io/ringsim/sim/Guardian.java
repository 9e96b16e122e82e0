package io.ringsim.sim;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.node.Node;
import io.ringsim.node.NodeSettings;
import io.ringsim.node.Subsystems;
import java.util.function.Consumer;

/** Parent of a simulated ring's nodes. The ring's driver shares its thread, so it may hand in what to call back. */
final class Guardian extends AbstractBehavior<Guardian.Command> {
    sealed interface Command {}

    /** Starts a node and hands it to {@code started}. */
    record Spawn(String name, NodeSettings settings, Subsystems subsystems, Consumer<ActorRef<Node.Command>> started)
            implements Command {}

    /** Ends a node's process with all that belongs to it, as a crash does. */
    record Stop(ActorRef<Node.Command> node) implements Command {}

    /** Asks somebody something that is answered once. */
    record Ask(Consumer<ActorRef<Object>> question, Consumer<Object> answered) implements Command {}

    private record Heard(Node.Event event) implements Command {}

    private record Answered(Object answer, Consumer<Object> answered) implements Command {}

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
                .onMessage(Ask.class, this::onAsk)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Answered.class, this::onAnswered)
                .onSignal(ChildFailed.class, this::onBug)
                .build();
    }

    private Behavior<Command> onSpawn(Spawn spawn) {
        var watcher = getContext().messageAdapter(Node.Event.class, Heard::new);
        var node = getContext().spawn(Node.create(spawn.settings(), spawn.subsystems(), watcher), spawn.name());
        getContext().watch(node);
        spawn.started().accept(node);
        return this;
    }

    private Behavior<Command> onStop(Stop stop) {
        getContext().unwatch(stop.node());
        getContext().stop(stop.node());
        return this;
    }

    private Behavior<Command> onAsk(Ask ask) {
        var self = getContext().getSelf();
        ask.question()
                .accept(getContext()
                        .spawnAnonymous(Behaviors.receive(Object.class)
                                .onAnyMessage(answer -> {
                                    self.tell(new Answered(answer, ask.answered()));
                                    return Behaviors.stopped();
                                })
                                .build()));
        return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
        watch.accept(heard.event());
        return this;
    }

    private Behavior<Command> onAnswered(Answered answer) {
        answer.answered().accept(answer.answer());
        return this;
    }

    private Behavior<Command> onBug(ChildFailed failed) {
        throw new IllegalStateException(failed.getRef().path().name() + " failed", failed.cause());
    }
}
