package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamStore.Release;
import io.ringsim.storage.StreamableFile;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sends the files of one table: in their order, a file again when the peer asks for it. Holds the reference to a file's
 * SSTable until the peer has it durable, and ends when that is so of all.
 */
final class TransferTask {
    sealed interface Command permits Begin, Acknowledge, SendAgain {}

    enum Begin implements Command {
        INSTANCE
    }

    /** The peer has the file durable. */
    record Acknowledge(int sequence) implements Command {}

    record SendAgain(int sequence, long offset) implements Command {}

    private final TableId table;
    private final SessionContent content;
    private final ActorRef<LocalStore.Command> store;
    private final String selection;
    private final ActorRef<? super StreamSession.Command> session;

    private TransferTask(
            TableId table,
            SessionContent content,
            ActorRef<LocalStore.Command> store,
            String selection,
            ActorRef<? super StreamSession.Command> session) {
        this.table = table;
        this.content = content;
        this.store = store;
        this.selection = selection;
        this.session = session;
    }

    /**
     * A task that waits to begin.
     *
     * @param files in the order of their sequence numbers
     * @param selection under which the store holds their references
     */
    static Behavior<Command> create(
            TableId table,
            List<StreamableFile> files,
            SessionContent content,
            ActorRef<LocalStore.Command> store,
            String selection,
            ActorRef<? super StreamSession.Command> session) {
        var numbered = new TreeMap<Integer, StreamableFile>();
        for (var file : files) {
            numbered.put(numbered.size(), file);
        }
        return new TransferTask(table, content, store, selection, session)
                .waiting(Collections.unmodifiableSortedMap(numbered));
    }

    /** Waiting until both ends know what will move. Next: sending. */
    private Behavior<Command> waiting(SortedMap<Integer, StreamableFile> files) {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Begin.INSTANCE, () -> {
                    files.forEach((sequence, file) -> content.send(table, sequence, 0, file));
                    return sending(files);
                })
                .onAnyMessage(early -> violated("answered a file of " + table + " before it was sent"))
                .build();
    }

    /** Waiting until the peer has each file. Ends with the last. */
    private Behavior<Command> sending(SortedMap<Integer, StreamableFile> unacknowledged) {
        return Behaviors.receive(Command.class)
                .onMessage(Acknowledge.class, received -> onAcknowledge(received.sequence(), unacknowledged))
                .onMessage(SendAgain.class, retry -> onSendAgain(retry, unacknowledged))
                .onAnyMessage(begin -> Behaviors.same())
                .build();
    }

    private Behavior<Command> onAcknowledge(int sequence, SortedMap<Integer, StreamableFile> unacknowledged) {
        var file = unacknowledged.get(sequence);
        if (file == null) {
            return violated("received file " + sequence + " of " + table + ", which is not on its way");
        }
        store.tell(new Release(selection, table, file.sstable()));
        session.tell(new StreamSession.FileSent(file));
        var remaining = new TreeMap<>(unacknowledged);
        remaining.remove(sequence);
        if (remaining.isEmpty()) {
            session.tell(new StreamSession.TableSent(table));
            return Behaviors.stopped();
        }
        return sending(Collections.unmodifiableSortedMap(remaining));
    }

    private Behavior<Command> onSendAgain(SendAgain retry, SortedMap<Integer, StreamableFile> unacknowledged) {
        var file = unacknowledged.get(retry.sequence());
        if (file == null || retry.offset() < 0 || retry.offset() >= file.bytes()) {
            return violated("asks again for file " + retry.sequence() + " of " + table + " from " + retry.offset()
                    + " on, which is not on its way");
        }
        content.send(table, retry.sequence(), retry.offset(), file);
        return Behaviors.same();
    }

    private Behavior<Command> violated(String how) {
        session.tell(new StreamSession.Violated(how));
        return Behaviors.same();
    }
}
