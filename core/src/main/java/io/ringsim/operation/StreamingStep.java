package io.ringsim.operation;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.operation.Operation.Cancel;
import io.ringsim.operation.Operation.Command;
import io.ringsim.operation.Operation.Remember;
import io.ringsim.operation.Operation.Streamed;
import io.ringsim.operation.Operation.Streaming;
import io.ringsim.ring.Token;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.NodeRecord.Stage;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The step in which an operation's ranges move. What is finished for good is remembered session by session, so that a
 * later attempt sends only the rest. Next: whatever the operation makes of the plan's outcome.
 */
final class StreamingStep {
    private final OperationContext operation;
    private final Stage stage;
    private final List<Token> tokens;
    private final Function<Finished, Behavior<Command>> next;

    private StreamingStep(
            OperationContext operation, Stage stage, List<Token> tokens, Function<Finished, Behavior<Command>> next) {
        this.operation = operation;
        this.stage = stage;
        this.tokens = tokens;
        this.next = next;
    }

    /**
     * Begins to stream the transfers.
     *
     * @param name the operation as stream plans name it: {@code Bootstrap}
     * @param stage what a restarted node is to find remembered meanwhile, with the tokens
     */
    static Behavior<Command> begin(
            ActorContext<Command> context,
            OperationContext operation,
            String name,
            List<Transfer> transfers,
            Stage stage,
            List<Token> tokens,
            Function<Finished, Behavior<Command>> next) {
        var events = context.messageAdapter(RangeStreamer.Event.class, Streamed::new);
        operation.streamer().tell(new RangeStreamer.Stream(operation.plan(), name, transfers, events));
        return new StreamingStep(operation, stage, tokens, next)
                .streaming(operation.record().done());
    }

    /** Waiting for the plan's outcome, with what is done so far. */
    private Behavior<Command> streaming(List<Transfer> done) {
        return Behaviors.receive(Command.class)
                .onMessage(Streamed.class, streamed -> onStreamed(streamed.event(), done))
                .onMessage(Cancel.class, this::onCancel)
                .onAnyMessage(ringChanged -> Behaviors.same())
                .build();
    }

    private Behavior<Command> onStreamed(RangeStreamer.Event event, List<Transfer> done) {
        operation.owner().tell(new Streaming(event));
        if (event instanceof Finished finished) {
            return next.apply(finished);
        }
        if (event instanceof SessionEnded ended && !ended.result().done().isEmpty()) {
            var all = new ArrayList<>(done);
            all.addAll(ended.result().done());
            operation.owner().tell(new Remember(stage, tokens, all));
            return streaming(List.copyOf(all));
        }
        return Behaviors.same();
    }

    private Behavior<Command> onCancel(Cancel cancel) {
        operation.streamer().tell(new RangeStreamer.Cancel(operation.plan(), cancel.reason()));
        return Behaviors.same();
    }
}
