package io.ringsim.storage;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.TokenRange;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.engine.ExecutorIo;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.engine.WriteOutcome;
import io.ringsim.storage.table.FlushReason;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** The verbs of a {@link Storage} that is open. */
final class OpenStore {
    private record Chosen(StreamStore.Select select, List<OutgoingFiles.Outgoing> files)
            implements LocalStore.Extension {}

    private record NotRemembered(IOException reason) implements LocalStore.Extension {}

    /** Something was done that nobody waits for. */
    private enum Written implements LocalStore.Extension {
        INSTANCE
    }

    private record NotChosen(StreamStore.Select select, IOException reason) implements LocalStore.Extension {}

    private final ActorContext<LocalStore.Command> context;
    private final ExecutorIo io;
    private final Executor executor;
    private final NodeRecordFile records;
    private final StorageEngine engine;
    private final OutgoingFiles outgoing = new OutgoingFiles();
    private final IncomingFiles incoming;
    /** Selections that were asked for and are not there yet. */
    private final TreeSet<String> choosing = new TreeSet<>();

    private NodeRecord record;

    OpenStore(
            ActorContext<LocalStore.Command> context,
            StorageEngine engine,
            ExecutorIo io,
            Executor executor,
            NodeRecordFile records,
            NodeRecord record) {
        this.context = context;
        this.io = io;
        this.executor = executor;
        this.records = records;
        this.engine = engine;
        this.record = record;
        this.incoming = new IncomingFiles(engine);
    }

    Behavior<LocalStore.Command> behavior() {
        return Behaviors.receive(LocalStore.Command.class)
                .onMessage(LocalStore.Apply.class, this::onApply)
                .onMessage(LocalStore.Read.class, this::onRead)
                .onMessage(LocalStore.GetLoad.class, this::onGetLoad)
                .onMessage(LocalStore.Recall.class, this::onRecall)
                .onMessage(LocalStore.Remember.class, this::onRemember)
                .onMessage(StreamStore.Read.class, this::onReadChunk)
                .onMessage(StreamStore.Open.class, this::onOpen)
                .onMessage(StreamStore.Receive.class, this::onReceive)
                .onMessage(StreamStore.Rewind.class, this::onRewind)
                .onMessage(StreamStore.Write.class, this::onWriteChunk)
                .onMessage(StreamStore.Select.class, this::onSelect)
                .onMessage(Chosen.class, this::onChosen)
                .onMessage(NotChosen.class, this::onNotChosen)
                .onMessage(NotRemembered.class, this::onNotRemembered)
                .onMessageEquals(Written.INSTANCE, Behaviors::same)
                .onMessage(StreamStore.Release.class, this::onRelease)
                .onMessage(StreamStore.ReleaseAll.class, this::onReleaseAll)
                .onMessage(StreamStore.Begin.class, this::onBegin)
                .onMessage(StreamStore.Discard.class, this::onDiscard)
                .onMessage(StreamStore.Seal.class, this::onSeal)
                .onMessage(StreamStore.Commit.class, this::onCommit)
                .onMessage(StreamStore.Abort.class, this::onAbort)
                .onMessage(Housekeeping.Flush.class, this::onFlush)
                .onMessage(Housekeeping.Compact.class, this::onCompact)
                .onMessage(Housekeeping.Cleanup.class, this::onCleanup)
                .onMessage(Housekeeping.Drop.class, this::onDrop)
                .onMessage(Housekeeping.GetOpen.class, this::onGetOpen)
                .onSignal(PostStop.class, stop -> onStop())
                .build();
    }

    private Behavior<LocalStore.Command> onApply(LocalStore.Apply apply) {
        executor.execute(() -> engine.apply(apply.mutation(), new Applying(apply.replyTo())));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onRead(LocalStore.Read read) {
        io.run(
                Io.Lane.READ,
                () -> engine.read(read.query()),
                Outcomes.answering(read.replyTo(), LocalStore.Rows::new, LocalStore.Refused::new));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onGetLoad(LocalStore.GetLoad get) {
        get.replyTo().tell(new LocalStore.Load(engine.bytes()));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onRecall(LocalStore.Recall recall) {
        recall.replyTo().tell(record);
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onRemember(LocalStore.Remember remember) {
        record = remember.record();
        io.run(
                Io.Lane.FLUSH,
                () -> {
                    records.write(remember.record());
                    return true;
                },
                Outcomes.telling(context.getSelf(), written -> Written.INSTANCE, NotRemembered::new));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onNotRemembered(NotRemembered failed) {
        context.getLog().error("what this node is could not be written down: {}", Outcomes.why(failed.reason()));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onSelect(StreamStore.Select select) {
        choosing.add(select.selection());
        engine.flush(keyspaces(select), FlushReason.STREAMING, new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long bytes) {
                io.run(
                        Io.Lane.READ,
                        () -> choose(select),
                        Outcomes.telling(
                                context.getSelf(),
                                files -> new Chosen(select, files),
                                reason -> new NotChosen(select, reason)));
            }

            @Override
            public void failed(IOException reason) {
                context.getSelf().tell(new NotChosen(select, reason));
            }
        });
        return Behaviors.same();
    }

    private static List<String> keyspaces(StreamStore.Select select) {
        return select.requests().stream().map(KeyspaceRanges::keyspace).toList();
    }

    private List<OutgoingFiles.Outgoing> choose(StreamStore.Select select) throws IOException {
        var files = new ArrayList<OutgoingFiles.Outgoing>();
        var held = new ArrayList<Selection.Part>();
        try {
            for (var request : select.requests()) {
                for (var table : engine.tablesOf(request.keyspace())) {
                    var parts = table.select(request.ranges()).parts();
                    held.addAll(parts);
                    for (var part : parts) {
                        files.add(table.serving()
                                .guarded(() -> OutgoingFiles.Outgoing.of(table, part, engine.streamsEntire())));
                    }
                }
            }
            return files;
        } catch (IOException failed) {
            held.forEach(part -> part.sstable().release());
            throw failed;
        }
    }

    /** Unless the asker gave up the selection meanwhile. */
    private Behavior<LocalStore.Command> onChosen(Chosen chosen) {
        var selection = chosen.select().selection();
        var files = outgoing.add(selection, chosen.files());
        if (choosing.remove(selection)) {
            chosen.select().replyTo().tell(new StreamStore.Selected(files));
        } else {
            outgoing.releaseAll(selection);
        }
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onNotChosen(NotChosen failed) {
        if (choosing.remove(failed.select().selection())) {
            failed.select().replyTo().tell(new StreamStore.IoFailed(Outcomes.why(failed.reason())));
        }
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onRelease(StreamStore.Release release) {
        outgoing.release(release.selection(), release.table(), release.sstable());
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onReleaseAll(StreamStore.ReleaseAll release) {
        choosing.remove(release.selection());
        outgoing.releaseAll(release.selection());
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onReadChunk(StreamStore.Read read) {
        try {
            var source = outgoing.source(read.selection(), read.table(), read.sstable());
            io.run(
                    Io.Lane.READ,
                    () -> source.read(read.offset(), read.length()),
                    Outcomes.answering(
                            read.replyTo(),
                            bytes -> new StreamStore.ChunkRead(false, bytes),
                            StreamStore.IoFailed::new));
        } catch (IOException gone) {
            read.replyTo().tell(new StreamStore.IoFailed(Outcomes.why(gone)));
        }
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onOpen(StreamStore.Open open) {
        open.replyTo()
                .tell(new StreamStore.Opened((table, sstable) -> outgoing.source(open.selection(), table, sstable)));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onReceive(StreamStore.Receive receive) {
        receive.replyTo().tell(new StreamStore.Receiving(incoming.content(receive.id())));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onRewind(StreamStore.Rewind rewind) {
        io.run(
                Io.Lane.READ,
                () -> incoming.rewind(rewind.id(), rewind.sequence()),
                Outcomes.answering(
                        rewind.replyTo(),
                        offset -> new StreamStore.Rewound(rewind.sequence(), offset),
                        StreamStore.IoFailed::new));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onBegin(StreamStore.Begin begin) {
        incoming.begin(begin.id());
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onWriteChunk(StreamStore.Write write) {
        io.run(
                Io.Lane.READ,
                () -> arrivesCorrupt(write),
                Outcomes.answering(write.replyTo(), StreamStore.ChunkWritten::new, StreamStore.IoFailed::new));
        return Behaviors.same();
    }

    /** Writes a chunk; whether the file turned out not to be what was sent. */
    private boolean arrivesCorrupt(StreamStore.Write write) throws IOException {
        try {
            incoming.write(write.id(), write.sequence(), write.offset(), write.content());
            return false;
        } catch (CorruptFile corrupt) {
            return true;
        }
    }

    private Behavior<LocalStore.Command> onDiscard(StreamStore.Discard discard) {
        var discarded = incoming.discard(discard.id(), discard.sequence()); // now, for the file may come again at once
        return drop(() -> {
            if (discarded.isPresent()) {
                discarded.get().close();
            }
            return true;
        });
    }

    private Behavior<LocalStore.Command> onSeal(StreamStore.Seal seal) {
        io.run(
                Io.Lane.READ, // as many at once as there are: each waits for the disk
                () -> {
                    incoming.seal(seal.id(), seal.sequence(), seal.coverage());
                    return seal.sequence();
                },
                Outcomes.answering(seal.replyTo(), StreamStore.Sealed::new, StreamStore.IoFailed::new));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onCommit(StreamStore.Commit commit) {
        io.run(
                Io.Lane.FLUSH,
                () -> incoming.commit(commit.id()),
                Outcomes.answering(
                        commit.replyTo(),
                        sstables -> new StreamStore.Committed(commit.id(), sstables),
                        StreamStore.IoFailed::new));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onAbort(StreamStore.Abort abort) {
        return drop(() -> {
            incoming.abort(abort.plan(), abort.peer(), abort.session());
            return true;
        });
    }

    /** Deletes something nobody needs; what cannot be deleted now is at the next start. */
    private Behavior<LocalStore.Command> drop(Io.Task<Boolean> task) {
        io.run(
                Io.Lane.READ,
                task,
                Outcomes.telling(context.getSelf(), done -> Written.INSTANCE, reason -> Written.INSTANCE));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onFlush(Housekeeping.Flush flush) {
        engine.flush(FlushReason.USER_FORCED, keeping(flush.replyTo()));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onCompact(Housekeeping.Compact compact) {
        engine.compactAll(keeping(compact.replyTo()));
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onCleanup(Housekeeping.Cleanup cleanup) {
        var owned = new TreeMap<String, List<TokenRange>>();
        cleanup.owned().forEach(each -> owned.put(each.keyspace(), each.ranges()));
        engine.flush(List.copyOf(owned.keySet()), FlushReason.OWNED_RANGES_CHANGE, new Io.Outcome<Long>() {
            @Override
            public void succeeded(Long bytes) {
                engine.cleanup(owned, keeping(cleanup.replyTo()));
            }

            @Override
            public void failed(IOException reason) {
                cleanup.replyTo().tell(new Housekeeping.Failed(Outcomes.why(reason)));
            }
        });
        return Behaviors.same();
    }

    private Behavior<LocalStore.Command> onDrop(Housekeeping.Drop drop) {
        var tables = engine.tables();
        if (tables.containsKey(drop.table())) {
            engine.drop(drop.table(), keeping(drop.replyTo()));
        } else {
            var none = "there is no table " + drop.table() + "; there are " + tables.keySet();
            drop.replyTo().tell(new Housekeeping.Failed(none));
        }
        return Behaviors.same();
    }

    private static Io.Outcome<Long> keeping(ActorRef<? super Housekeeping.Kept> replyTo) {
        return Outcomes.answering(replyTo, Housekeeping.Done::new, Housekeeping.Failed::new);
    }

    private Behavior<LocalStore.Command> onGetOpen(Housekeeping.GetOpen get) {
        get.replyTo().tell(new Housekeeping.Open(outgoing.count(), incoming.count()));
        return Behaviors.same();
    }

    /** As after a crash: what is in memtables is in the commit log. What is under way ends before others may have the disk. */
    private Behavior<LocalStore.Command> onStop() {
        io.end();
        outgoing.close();
        Outcomes.close(incoming, context.getLog());
        Outcomes.close(engine, context.getLog());
        return Behaviors.same();
    }

    /** Answers a write. */
    private record Applying(ActorRef<? super LocalStore.ApplyOutcome> replyTo) implements WriteOutcome {
        @Override
        public void acknowledged() {
            replyTo.tell(new LocalStore.Applied());
        }

        @Override
        public void refused(IOException reason) {
            replyTo.tell(new LocalStore.Refused(Outcomes.why(reason)));
        }
    }
}
