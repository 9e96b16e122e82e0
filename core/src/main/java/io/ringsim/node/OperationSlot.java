package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.operation.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one operation that a node runs at a time, and who waits for its outcome. */
final class OperationSlot {
    private record Running(
            String name, ActorRef<Operation.Command> actor, ActorRef<? super Operation.Outcome> replyTo) {}

    private final ActorContext<?> context;
    private @Nullable Running running;

    OperationSlot(ActorContext<?> context) {
        this.context = context;
    }

    /** What is running, if anything is. */
    Optional<String> name() {
        return Optional.ofNullable(running).map(Running::name);
    }

    /**
     * Begins an operation.
     *
     * @param number of the operations of this node in this life
     */
    void begin(
            String name,
            int number,
            Behavior<Operation.Command> operation,
            ActorRef<? super Operation.Outcome> replyTo) {
        running = new Running(name, context.spawn(operation, name + "-" + number), replyTo);
    }

    /** Tells the operation, if one is running. */
    void tell(Operation.Command command) {
        if (running != null) {
            running.actor().tell(command);
        }
    }

    /** It is over, and may be followed by another. */
    void end(Operation.Outcome outcome) {
        var ended = running;
        running = null;
        if (ended != null) {
            ended.replyTo().tell(outcome);
        }
    }
}
