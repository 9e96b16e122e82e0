package io.ringsim.streaming;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.BehaviorBuilder;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.PrepareAck;
import io.ringsim.streaming.StreamMessage.PrepareSyn;
import io.ringsim.streaming.StreamMessage.PrepareSynAck;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.StreamMessage.Summary;
import io.ringsim.streaming.StreamSession.Chosen;
import io.ringsim.streaming.StreamSession.Command;
import java.util.List;

/**
 * Cassandra 4.1's: one control connection; PrepareSyn with what the initiator wants and will send, PrepareSynAck with what the
 * follower will, and PrepareAck only if that is anything. The initiator waits for the answer always; the follower sends
 * nothing before the PrepareAck, and receives without one.
 */
record SynAckHandshake(StreamSession.Setup setup, SessionLife life, Session session) implements Handshake {
    @Override
    public Behavior<Command> initiate(List<KeyspaceRanges> requests, List<StreamableFile> files) {
        setup.wire().send(new StreamInit(setup.id(), setup.operation(), true));
        setup.wire().send(new PrepareSyn(setup.id(), requests, Work.summaries(files)));
        return awaitingSynAck(files);
    }

    /** Preparing; waiting for what the follower will send. Next: streaming. */
    private Behavior<Command> awaitingSynAck(List<StreamableFile> files) {
        return state().onMessage(PrepareSynAck.class, life.heard(theirs -> {
                    if (!theirs.summaries().isEmpty()) {
                        setup.wire().send(new PrepareAck(setup.id()));
                    }
                    return session.stream(files, theirs.summaries());
                }))
                .onAnyMessage(message -> life.unexpected(message, "preparing", Tally.NOTHING))
                .build();
    }

    /** Initialized; waiting for the initiator's PrepareSyn. Next: preparing. */
    @Override
    public Behavior<Command> follow() {
        return state().onMessage(PrepareSyn.class, life.heard(this::onSyn))
                .onAnyMessage(message -> life.unexpected(message, "initialized", Tally.NOTHING))
                .build();
    }

    private Behavior<Command> onSyn(PrepareSyn syn) {
        if (syn.requests().isEmpty()) {
            return answer(List.of(), syn.summaries());
        }
        var foreign = setup.foreign(syn.requests());
        if (!foreign.isEmpty()) {
            return life.refused("a stream request", foreign, Tally.NOTHING);
        }
        session.select(syn.requests());
        return preparing(syn.summaries());
    }

    /** Preparing; waiting for the files this end was asked for. Next: prepared, or streaming. */
    private Behavior<Command> preparing(List<Summary> theirs) {
        return state().onMessage(Chosen.class, chosen -> answer(chosen.files(), theirs))
                .onAnyMessage(message -> life.unexpected(message, "preparing", Tally.NOTHING))
                .build();
    }

    private Behavior<Command> answer(List<StreamableFile> files, List<Summary> theirs) {
        setup.wire().send(new PrepareSynAck(setup.id(), Work.summaries(files)));
        return files.isEmpty() ? session.stream(files, theirs) : prepared(files, theirs);
    }

    /** Preparing; waiting for the initiator to be ready for this end's files. Next: streaming. */
    private Behavior<Command> prepared(List<StreamableFile> files, List<Summary> theirs) {
        return state().onMessage(PrepareAck.class, life.heard(ack -> session.stream(files, theirs)))
                .onAnyMessage(message -> life.unexpected(message, "preparing", Tally.NOTHING))
                .build();
    }

    private BehaviorBuilder<Command> state() {
        return life.always(Behaviors.receive(Command.class), Tally.NOTHING);
    }
}
