package io.ringsim.streaming;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.BehaviorBuilder;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Prepare;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.StreamMessage.Summary;
import io.ringsim.streaming.StreamSession.Chosen;
import io.ringsim.streaming.StreamSession.Command;
import java.util.List;

/**
 * Cassandra 2.1's: two connections, a StreamInit on each; the initiator says in Prepare what it wants and will send. The
 * follower answers with a Prepare of its own if it was asked for something. An initiator that asks for nothing does not wait.
 */
record PrepareHandshake(StreamSession.Setup setup, SessionLife life, Session session) implements Handshake {
    @Override
    public Behavior<Command> initiate(List<KeyspaceRanges> requests, List<StreamableFile> files) {
        setup.wire().send(new StreamInit(setup.id(), setup.operation(), true));
        setup.wire().send(new StreamInit(setup.id(), setup.operation(), false));
        setup.wire().send(new Prepare(setup.id(), requests, Work.summaries(files)));
        return requests.isEmpty() ? session.stream(files, List.of()) : awaitingPrepare(files);
    }

    /** Preparing; waiting for what the follower will send. Next: streaming. */
    private Behavior<Command> awaitingPrepare(List<StreamableFile> files) {
        return state().onMessage(Prepare.class, life.heard(theirs -> session.stream(files, theirs.summaries())))
                .onAnyMessage(message -> life.unexpected(message, "preparing", Tally.NOTHING))
                .build();
    }

    @Override
    public Behavior<Command> follow() {
        return initialized(false);
    }

    /** Initialized; waiting for the second connection and the initiator's Prepare. Next: preparing, or streaming. */
    private Behavior<Command> initialized(boolean connected) {
        return state().onMessage(
                        StreamInit.class,
                        init -> !connected && !init.forOutgoing(),
                        life.heard(init -> initialized(true)))
                .onMessage(Prepare.class, prepare -> connected, life.heard(this::onPrepare))
                .onAnyMessage(message -> life.unexpected(message, "initialized", Tally.NOTHING))
                .build();
    }

    private Behavior<Command> onPrepare(Prepare prepare) {
        if (prepare.requests().isEmpty()) {
            return session.stream(List.of(), prepare.summaries());
        }
        var foreign = setup.foreign(prepare.requests());
        if (!foreign.isEmpty()) {
            return life.refused("a stream request", foreign, Tally.NOTHING);
        }
        session.select(prepare.requests());
        return preparing(prepare.summaries());
    }

    /** Preparing; waiting for the files this end was asked for. Next: streaming. */
    private Behavior<Command> preparing(List<Summary> theirs) {
        return state().onMessage(Chosen.class, chosen -> {
                    setup.wire().send(new Prepare(setup.id(), List.of(), Work.summaries(chosen.files())));
                    return session.stream(chosen.files(), theirs);
                })
                .onAnyMessage(message -> life.unexpected(message, "preparing", Tally.NOTHING))
                .build();
    }

    private BehaviorBuilder<Command> state() {
        return life.always(Behaviors.receive(Command.class), Tally.NOTHING);
    }
}
