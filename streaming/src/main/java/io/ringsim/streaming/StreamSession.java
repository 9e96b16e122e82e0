package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.BehaviorBuilder;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.FileHeader;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.StreamMessage.Received;
import io.ringsim.streaming.StreamMessage.Retry;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamMessage.Summary;
import java.util.List;
import java.util.function.Predicate;

/**
 * One end of a stream session. Both ends are alike but for who begins.
 *
 * <ol>
 *   <li><i>Initialized.</i> The initiator chooses the files it is to send. With nothing to send and nothing to ask for, the
 *       session is complete without a word. Else it connects; the first {@link StreamMessage.StreamInit} creates the
 *       follower's end.
 *   <li><i>Preparing.</i> The {@link Handshake} of the {@link StreamProtocol}: each says what it wants and what it will send.
 *   <li><i>Streaming.</i> Each end sends its files, one {@link TransferTask} per table, as {@link File} and {@link Chunk}s
 *       against the peer's {@link Credit}; each receives, one {@link ReceiveTask} per table, and answers {@link Received} when
 *       a file is durable. One that came corrupt is asked for with {@link Retry} as often as the session's limit allows; in
 *       profile 4.1 it fails the session.
 *   <li><i>Wait-complete.</i> An end whose tasks are done says {@link Complete}; who has said it and heard it is complete. In
 *       profile 4.1 only the follower says it, and is complete itself before.
 * </ol>
 *
 * <p>Whatever else happens ends in <i>failed</i>: the peer says {@link SessionFailed}, the connection breaks, the peer is
 * silent or nothing moves for too long, the disk fails, the owner cancels, the node stops. The first end counts: references
 * are given up, half-received files thrown away, the peer told unless it told us or cannot be reached, and the owner told
 * with {@link Ended}, once. The owner then stops the actor; what arrives until then is ignored.
 */
final class StreamSession implements Handshake.Session {
    sealed interface Command permits StreamMessage, Local {}

    /** What the session hears on its own node. */
    sealed interface Local extends Command {}

    /** The store chose the files. */
    record Chosen(List<StreamableFile> files) implements Local {}

    record ConnectionLost(String reason) implements Local {}

    record Cancel(String reason) implements Local {}

    /** A file's content is on its way. */
    record FileSending(TableId table, String sstable, long bytes, long total) implements Local {}

    record FileReceiving(TableId table, int sequence, long bytes, long total) implements Local {}

    /** All of a file's content is written. */
    record FileArrived(TableId table, int sequence, FileHeader header) implements Local {}

    /**
     * All of a file's content arrived, but not as it was sent.
     *
     * @param right bytes at its begin that arrived as they were sent and are kept
     */
    record FileDamaged(TableId table, int sequence, String how, long right) implements Local {}

    /** Content cannot be read, written or understood. */
    record ContentFailed(String reason) implements Local {}

    /** The peer did what the protocol does not allow. */
    record Violated(String how) implements Local {}

    /** The peer has the file durable. */
    record FileSent(StreamableFile file) implements Local {}

    /** The file is durable here. */
    record FileReceived(TableId table, int sequence, FileHeader header) implements Local {}

    record TableSent(TableId table) implements Local {}

    record TableReceived(TableId table) implements Local {}

    enum Tick implements Local {
        INSTANCE
    }

    /** What the owner is told. */
    sealed interface Report extends RangeStreamer.Extension {}

    record Happened(SessionId session, RangeStreamer.Event event) implements Report {}

    /** The session's only outcome. */
    record Ended(SessionId session, SessionResult result) implements Report {}

    /**
     * What a session works with.
     *
     * @param owned whether ranges are this node's, or will be, so that it may send and receive them
     */
    record Setup(
            SessionId id,
            Wire wire,
            String operation,
            StreamingSettings settings,
            Clock clock,
            ActorRef<LocalStore.Command> store,
            SessionContent.Factory content,
            Predicate<KeyspaceRanges> owned,
            ActorRef<? super Report> owner) {
        NodeId peer() {
            return wire.peer();
        }

        /** Those of the ranges that this node has nothing to do with. */
        List<KeyspaceRanges> foreign(List<KeyspaceRanges> ranges) {
            return ranges.stream().filter(owned.negate()).toList();
        }
    }

    private final ActorContext<Command> context;
    private final Setup setup;
    private final List<KeyspaceRanges> requests;
    private final SessionContent content;
    private final SessionLife life;
    private final Handshake handshake;
    private final boolean initiator;
    /** Under which the store holds the references to what is sent. */
    private final String selection;

    private StreamSession(
            ActorContext<Command> context,
            Setup setup,
            boolean initiator,
            List<KeyspaceRanges> requests,
            List<Transfer> transfers) {
        this.context = context;
        this.initiator = initiator;
        this.setup = setup;
        this.requests = requests;
        this.selection = setup.id() + " with " + setup.peer();
        this.content = setup.content().open(context, setup.id(), setup.wire(), selection);
        this.life = new SessionLife(setup, transfers, content, selection);
        this.handshake = protocol() == StreamProtocol.V4_1
                ? new SynAckHandshake(setup, life, this)
                : new PrepareHandshake(setup, life, this);
    }

    /** The end that begins. */
    static Behavior<Command> initiate(Setup setup, StreamPlan.Session plan) {
        return ticking(setup, context -> {
            var session = new StreamSession(context, setup, true, plan.requests(), plan.transfers());
            return plan.offers().isEmpty() ? session.connect(List.of()) : session.choose(plan.offers());
        });
    }

    /** The other end, which its first {@link StreamMessage.StreamInit} creates. */
    static Behavior<Command> follow(Setup setup) {
        return ticking(
                setup, context -> new StreamSession(context, setup, false, List.of(), List.of()).handshake.follow());
    }

    private static Behavior<Command> ticking(
            Setup setup, java.util.function.Function<ActorContext<Command>, Behavior<Command>> first) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(
                    Tick.INSTANCE, setup.settings().patience().streamingKeepAlivePeriod());
            return first.apply(context);
        }));
    }

    private Behavior<Command> choose(List<KeyspaceRanges> offers) {
        select(offers);
        return choosing();
    }

    /** Initialized; waiting for the files this end is to send. Next: preparing, streaming, or complete. */
    private Behavior<Command> choosing() {
        return state().onMessage(Chosen.class, chosen -> connect(chosen.files()))
                .onAnyMessage(message -> life.unexpected(message, "choosing files", Tally.NOTHING))
                .build();
    }

    private Behavior<Command> connect(List<StreamableFile> files) {
        return files.isEmpty() && requests.isEmpty()
                ? life.completed(Tally.NOTHING)
                : handshake.initiate(requests, files);
    }

    @Override
    public Behavior<Command> stream(List<StreamableFile> files, List<Summary> theirs) {
        var work = new SessionTasks(context, setup, content, selection).begin(files, theirs);
        life.happened(new Prepared(
                setup.id().plan(),
                setup.peer(),
                files.stream().mapToInt(StreamableFile::components).sum(),
                files.stream().mapToLong(StreamableFile::bytes).sum(),
                theirs.stream().mapToInt(Summary::files).sum(),
                theirs.stream().mapToLong(Summary::bytes).sum()));
        return advance(work, false);
    }

    /** Where a session goes that streams: on, or on to its end. */
    private Behavior<Command> advance(Work work, boolean peerComplete) {
        if (!work.isDone()) {
            return peerComplete ? waitComplete(work, true) : streaming(work);
        }
        if (protocol().saysComplete(initiator)) {
            setup.wire().send(new Complete(setup.id()));
        }
        return peerComplete || !protocol().hearsComplete(initiator)
                ? life.completed(work.tally())
                : waitComplete(work, false);
    }

    private StreamProtocol protocol() {
        return setup.settings().protocol();
    }

    /** Streaming; waiting for the tasks and for the peer. Next: wait-complete. */
    private Behavior<Command> streaming(Work work) {
        return moving(work, false)
                .onMessage(
                        Complete.class,
                        complete -> protocol().hearsComplete(initiator),
                        life.heard(complete -> advance(work, true)))
                .onAnyMessage(message -> life.unexpected(message, "streaming", work.tally()))
                .build();
    }

    /**
     * Wait-complete; one end is done. Waiting for the peer's Complete, or, when it was heard, for this end's last tasks. Next:
     * complete.
     */
    private Behavior<Command> waitComplete(Work work, boolean peerComplete) {
        return moving(work, peerComplete)
                .onMessage(
                        Complete.class, complete -> !peerComplete, life.heard(complete -> life.completed(work.tally())))
                .onAnyMessage(message -> life.unexpected(message, "completing", work.tally()))
                .build();
    }

    /** What happens while files move. */
    private BehaviorBuilder<Command> moving(Work work, boolean peerComplete) {
        var builder = Behaviors.receive(Command.class)
                .onMessage(Chunk.class, chunk -> work.isReceiving(chunk.table()), this::onChunk)
                .onMessage(Credit.class, this::onCredit)
                .onMessage(Listening.class, life.heard(this::onContent))
                .onMessage(File.class, file -> work.isReceiving(file.table()), life.heard(file -> onFile(file, work)))
                .onMessage(
                        Received.class,
                        file -> work.isSending(file.table()),
                        life.heard(file -> onReceived(file, work)))
                .onMessage(
                        Retry.class,
                        file -> protocol().retries() && work.isSending(file.table()),
                        life.heard(file -> onRetry(file, work, peerComplete)))
                .onMessage(FileSending.class, this::onFileSending)
                .onMessage(FileReceiving.class, this::onFileReceiving)
                .onMessage(FileArrived.class, file -> onFileArrived(file, work))
                .onMessage(FileDamaged.class, file -> onFileDamaged(file, work, peerComplete))
                .onMessage(FileSent.class, file -> onFileSent(file.file(), work, peerComplete))
                .onMessage(FileReceived.class, file -> onFileReceived(file, work, peerComplete))
                .onMessage(TableSent.class, task -> advance(work.sent(task.table()), peerComplete))
                .onMessage(TableReceived.class, task -> advance(work.received(task.table()), peerComplete));
        return life.always(builder, work.tally());
    }

    private Behavior<Command> onChunk(Chunk chunk) {
        life.moved();
        content.heard(chunk);
        return Behaviors.same();
    }

    private Behavior<Command> onCredit(Credit credit) {
        life.moved();
        content.heard(credit);
        return Behaviors.same();
    }

    private Behavior<Command> onContent(StreamMessage message) {
        content.heard(message);
        return Behaviors.same();
    }

    private Behavior<Command> onFile(File file, Work work) {
        var foreign = foreign(file.table(), file.header());
        return foreign.isEmpty() ? onContent(file) : life.refused("a file of " + file.table(), foreign, work.tally());
    }

    private List<KeyspaceRanges> foreign(TableId table, FileHeader file) {
        return setup.foreign(List.of(new KeyspaceRanges(table.keyspace(), file.sections())));
    }

    private Behavior<Command> onReceived(Received file, Work work) {
        work.tellSender(file.table(), new TransferTask.Acknowledge(file.sequence()));
        return Behaviors.same();
    }

    private Behavior<Command> onRetry(Retry file, Work work, boolean peerComplete) {
        work.tellSender(file.table(), new TransferTask.SendAgain(file.sequence(), file.offset()));
        return busy(work.with(work.tally().resent()), peerComplete);
    }

    private Behavior<Command> onFileSending(FileSending file) {
        life.moved();
        life.sending(file.table(), file.sstable(), file.bytes(), file.total());
        return Behaviors.same();
    }

    private Behavior<Command> onFileReceiving(FileReceiving file) {
        life.moved();
        life.receiving(file.table(), file.sequence(), file.bytes(), file.total());
        return Behaviors.same();
    }

    private Behavior<Command> onFileArrived(FileArrived file, Work work) {
        var foreign = foreign(file.table(), file.header());
        if (!foreign.isEmpty()) {
            return life.refused("a file of " + file.table(), foreign, work.tally());
        }
        work.tellReceiver(file.table(), new ReceiveTask.Arrived(file.sequence(), file.header()));
        return Behaviors.same();
    }

    private Behavior<Command> onFileDamaged(FileDamaged file, Work work, boolean peerComplete) {
        if (!protocol().retries()) {
            var reason = "file " + file.sequence() + " of " + file.table() + " is damaged: " + file.how();
            return life.failed(reason, work.tally(), true);
        }
        int retries = work.tally().askedAgain() + 1;
        int max = setup.settings().maxStreamingRetries();
        if (retries > max) {
            var reason = "too many retries: file " + file.sequence() + " of " + file.table() + " is damaged, "
                    + file.how() + ", and max_streaming_retries is " + max;
            return life.failed(reason, work.tally(), true);
        }
        setup.wire().send(new Retry(setup.id(), file.table(), file.sequence(), file.right()));
        return busy(work.with(work.tally().asked()), peerComplete);
    }

    private Behavior<Command> onFileSent(StreamableFile file, Work work, boolean peerComplete) {
        life.moved();
        life.sending(file.table(), file.sstable(), file.bytes(), file.bytes());
        return busy(work.with(work.tally().sent(file)), peerComplete);
    }

    private Behavior<Command> onFileReceived(FileReceived file, Work work, boolean peerComplete) {
        life.moved();
        setup.wire().send(new Received(setup.id(), file.table(), file.sequence()));
        var header = file.header();
        life.receiving(file.table(), file.sequence(), header.bytes(), header.bytes());
        return busy(work.with(work.tally().received(header)), peerComplete);
    }

    /** The state of an end that has tasks left. */
    private Behavior<Command> busy(Work work, boolean peerComplete) {
        return peerComplete ? waitComplete(work, true) : streaming(work);
    }

    /** A state before files move: nothing was done yet. */
    private BehaviorBuilder<Command> state() {
        return life.always(Behaviors.receive(Command.class), Tally.NOTHING);
    }

    @Override
    public void select(List<KeyspaceRanges> ranges) {
        var chosen = context.messageAdapter(
                StreamStore.SelectOutcome.class,
                outcome -> outcome instanceof StreamStore.Selected selected
                        ? new Chosen(selected.files())
                        : new ContentFailed("cannot choose files: " + ((StreamStore.IoFailed) outcome).reason()));
        setup.store().tell(new StreamStore.Select(selection, ranges, chosen));
    }
}
