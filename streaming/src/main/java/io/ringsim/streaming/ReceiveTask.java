package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore.Commit;
import io.ringsim.storage.StreamStore.CommitOutcome;
import io.ringsim.storage.StreamStore.Committed;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Seal;
import io.ringsim.storage.StreamStore.SealOutcome;
import io.ringsim.storage.StreamStore.Sealed;
import io.ringsim.streaming.StreamMessage.FileHeader;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Receives the files of one table: each is made durable, then acknowledged; with the last one all become visible in one step,
 * and the task ends.
 */
final class ReceiveTask {
    sealed interface Command permits Arrived, Durable, Visible, NotStored {}

    /** All of a file's content is written. */
    record Arrived(int sequence, FileHeader header) implements Command {}

    record Durable(int sequence) implements Command {}

    record Visible(int sstables) implements Command {}

    /** The store could not make something durable, or visible. */
    record NotStored(String reason) implements Command {}

    /** What arrived so far, by sequence number. */
    private record Files(int expected, SortedMap<Integer, FileHeader> arrived, SortedMap<Integer, FileHeader> durable) {
        Files {
            arrived = Collections.unmodifiableSortedMap(new TreeMap<>(arrived));
            durable = Collections.unmodifiableSortedMap(new TreeMap<>(durable));
        }

        Files arrived(int sequence, FileHeader header) {
            var more = new TreeMap<>(arrived);
            more.put(sequence, header);
            return new Files(expected, more, durable);
        }

        Files durable(int sequence, FileHeader header) {
            var more = new TreeMap<>(durable);
            more.put(sequence, header);
            return new Files(expected, arrived, more);
        }

        boolean isComplete() {
            return durable.values().stream().mapToInt(FileHeader::components).sum() >= expected;
        }
    }

    private final ReceiveId id;
    private final ActorRef<LocalStore.Command> store;
    private final ActorRef<? super StreamSession.Command> session;
    private final ActorRef<SealOutcome> sealed;
    private final ActorRef<CommitOutcome> committed;

    private ReceiveTask(
            ActorContext<Command> context,
            ReceiveId id,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super StreamSession.Command> session) {
        this.id = id;
        this.store = store;
        this.session = session;
        this.sealed = context.messageAdapter(
                SealOutcome.class,
                outcome -> outcome instanceof Sealed file
                        ? new Durable(file.sequence())
                        : new NotStored(((IoFailed) outcome).reason()));
        this.committed = context.messageAdapter(
                CommitOutcome.class,
                outcome -> outcome instanceof Committed done
                        ? new Visible(done.sstables())
                        : new NotStored(((IoFailed) outcome).reason()));
    }

    /**
     * A task that waits for its files; the store was told to begin.
     *
     * @param files that the peer said it will send
     */
    static Behavior<Command> create(
            ReceiveId id,
            int files,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super StreamSession.Command> session) {
        return Behaviors.setup(context -> new ReceiveTask(context, id, store, session)
                .receiving(new Files(files, Collections.emptySortedMap(), Collections.emptySortedMap())));
    }

    /** Waiting until all files are durable. Next: committing. */
    private Behavior<Command> receiving(Files files) {
        return Behaviors.receive(Command.class)
                .onMessage(Arrived.class, file -> onArrived(file, files))
                .onMessage(Durable.class, file -> onDurable(file.sequence(), files))
                .onMessage(NotStored.class, this::onNotStored)
                .onAnyMessage(early -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> onArrived(Arrived file, Files files) {
        if (files.arrived().containsKey(file.sequence())) {
            return violated(file);
        }
        var header = file.header();
        store.tell(new Seal(id, file.sequence(), Coverage.of(header.sections()), header.stored(), sealed));
        return receiving(files.arrived(file.sequence(), header));
    }

    private Behavior<Command> onDurable(int sequence, Files files) {
        var header = files.arrived().get(sequence);
        if (header == null) {
            throw new IllegalStateException("file " + sequence + " of " + id + " is durable but never arrived");
        }
        session.tell(new StreamSession.FileReceived(id.table(), sequence, header));
        var now = files.durable(sequence, header);
        if (!now.isComplete()) {
            return receiving(now);
        }
        store.tell(new Commit(id, committed));
        return committing();
    }

    /** Waiting until the files are visible. Ends then. */
    private Behavior<Command> committing() {
        return Behaviors.receive(Command.class)
                .onMessage(Visible.class, visible -> {
                    session.tell(new StreamSession.TableReceived(id.table()));
                    return Behaviors.stopped();
                })
                .onMessage(Arrived.class, this::violated)
                .onMessage(NotStored.class, this::onNotStored)
                .onAnyMessage(durable -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> onNotStored(NotStored failed) {
        session.tell(new StreamSession.ContentFailed("cannot store " + id.table() + ": " + failed.reason()));
        return Behaviors.same();
    }

    private Behavior<Command> violated(Arrived file) {
        session.tell(
                new StreamSession.Violated("sent file " + file.sequence() + " of " + id.table() + " once too often"));
        return Behaviors.same();
    }
}
