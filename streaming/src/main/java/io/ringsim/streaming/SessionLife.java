package io.ringsim.streaming;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.BehaviorBuilder;
import akka.actor.typed.javadsl.Behaviors;
import akka.japi.function.Function;
import io.ringsim.data.TableId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Direction;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamStore;
import io.ringsim.streaming.StreamMessage.KeepAlive;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamSession.Cancel;
import io.ringsim.streaming.StreamSession.Command;
import io.ringsim.streaming.StreamSession.ConnectionLost;
import io.ringsim.streaming.StreamSession.ContentFailed;
import io.ringsim.streaming.StreamSession.Ended;
import io.ringsim.streaming.StreamSession.Happened;
import io.ringsim.streaming.StreamSession.Setup;
import io.ringsim.streaming.StreamSession.Tick;
import io.ringsim.streaming.StreamSession.Violated;
import java.util.List;

/** What is the same in all states of a session: what can happen at any time, how it ends, what its owner is told. */
final class SessionLife {
    private final Setup setup;
    private final List<Transfer> transfers;
    private final SessionContent content;
    private final Pulse pulse;
    private final String selection;

    /**
     * The life of a session that begins.
     *
     * @param transfers what is done when the session completes
     * @param selection under which the store holds the references to what is sent
     */
    SessionLife(Setup setup, List<Transfer> transfers, SessionContent content, String selection) {
        this.setup = setup;
        this.transfers = transfers;
        this.content = content;
        this.selection = selection;
        this.pulse = new Pulse(setup.clock(), setup.settings());
    }

    /** Adds to a state what can happen in every state. */
    BehaviorBuilder<Command> always(BehaviorBuilder<Command> builder, Tally tally) {
        return builder.onMessage(KeepAlive.class, heard(keepAlive -> Behaviors.same()))
                .onMessageEquals(Tick.INSTANCE, () -> onTick(tally))
                .onMessage(SessionFailed.class, peer -> failed(setup.peer() + " says: " + peer.reason(), tally, false))
                .onMessage(
                        ConnectionLost.class,
                        lost -> failed("connection with " + setup.peer() + " lost: " + lost.reason(), tally, false))
                .onMessage(ContentFailed.class, content -> failed(content.reason(), tally, true))
                .onMessage(Violated.class, peer -> failed(setup.peer() + " " + peer.how(), tally, true))
                .onMessage(Cancel.class, cancel -> failed("cancelled: " + cancel.reason(), tally, true))
                .onSignal(PostStop.class, stop -> failed(setup.wire().self() + " stops", tally, true));
    }

    private Behavior<Command> onTick(Tally tally) {
        var hopeless = pulse.whyHopeless(content.isApart());
        if (!hopeless.isEmpty()) {
            return failed(setup.peer() + ": " + hopeless, tally, true);
        }
        setup.wire().send(new KeepAlive(setup.id()));
        return Behaviors.same();
    }

    /** What nobody may say in this state: a peer that does breaks the protocol; on the own node it is too late to matter. */
    Behavior<Command> unexpected(Command message, String state, Tally tally) {
        return message instanceof StreamMessage wrong
                ? failed(setup.peer() + " broke the protocol: " + wrong.kind() + " while " + state, tally, true)
                : Behaviors.same();
    }

    /** The handler of something the peer said. */
    <M extends StreamMessage> Function<M, Behavior<Command>> heard(Function<M, Behavior<Command>> handler) {
        return message -> {
            pulse.heard();
            return handler.apply(message);
        };
    }

    /** The session came nearer to its end. */
    void moved() {
        pulse.moved();
    }

    Behavior<Command> completed(Tally tally) {
        return ended(tally.completed(setup.peer(), transfers));
    }

    Behavior<Command> failed(String reason, Tally tally, boolean tellPeer) {
        if (tellPeer) {
            setup.wire().send(new SessionFailed(setup.id(), reason));
        }
        return ended(tally.failed(setup.peer(), reason));
    }

    /** Fails for the peer asks for, or sends, what this node has nothing to do with. */
    Behavior<Command> refused(String what, List<KeyspaceRanges> foreign, Tally tally) {
        var reason = setup.wire().self() + " received " + what + " from " + setup.peer()
                + " for ranges outside of owned: " + foreign;
        return failed(reason, tally, true);
    }

    private Behavior<Command> ended(SessionResult result) {
        var id = setup.id();
        content.close();
        setup.store().tell(new StreamStore.ReleaseAll(selection));
        setup.store().tell(new StreamStore.Abort(id.plan(), setup.peer(), id.index()));
        setup.owner().tell(new Ended(id, result));
        return over();
    }

    /** Complete or failed; waiting for the owner to stop this actor. What comes late means nothing any more. */
    private static Behavior<Command> over() {
        return Behaviors.receive(Command.class)
                .onAnyMessage(late -> Behaviors.same())
                .build();
    }

    void sending(TableId table, String sstable, long bytes, long total) {
        progress(Direction.SENT, table, "/" + sstable, bytes, total);
    }

    void receiving(TableId table, int sequence, long bytes, long total) {
        progress(Direction.RECEIVED, table, "-" + sequence, bytes, total);
    }

    private void progress(Direction direction, TableId table, String file, long bytes, long total) {
        var name = table.keyspace() + "/" + table.table() + file;
        happened(new Progress(setup.id().plan(), setup.peer(), direction, name, bytes, total));
    }

    void happened(RangeStreamer.Event event) {
        setup.owner().tell(new Happened(setup.id(), event));
    }
}
