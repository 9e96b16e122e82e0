package io.ringsim.storage;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The store of a node whose data is sizes: the {@link LocalStore}, and what streaming needs of it ({@link StreamStore}).
 *
 * <p>All that must survive a crash is in its {@link SizedDisk}; the references to SSTables that are being sent, and the queue
 * of the disk, are the process's and go with it. The disk does one thing after another, in the order it was asked.
 */
public final class SizedStorage extends AbstractBehavior<LocalStore.Command> {
    private static final double NANOS_PER_SECOND = 1e9;

    private record Reference(TableId table, String sstable) implements Comparable<Reference> {
        @Override
        public int compareTo(Reference other) {
            int byTable = table.compareTo(other.table);
            return byTable != 0 ? byTable : sstable.compareTo(other.sstable);
        }
    }

    private final SizedDisk disk;
    private final StorageSettings settings;
    private final Clock clock;
    private final SortedMap<String, List<Reference>> selections = new TreeMap<>();
    private final SortedMap<Reference, Integer> references = new TreeMap<>();
    private long diskFreeAt;

    private SizedStorage(ActorContext<LocalStore.Command> context, SizedDisk disk, StorageSettings settings) {
        super(context);
        this.disk = disk;
        this.settings = settings;
        this.clock = Clock.of(context.getSystem());
        disk.mount();
    }

    /** The store that begins to work on this disk; no other may work on it. */
    public static Behavior<LocalStore.Command> create(SizedDisk disk, StorageSettings settings) {
        return Behaviors.setup(context -> new SizedStorage(context, disk, settings));
    }

    @Override
    public Receive<LocalStore.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(StreamStore.Read.class, this::onRead)
                .onMessage(StreamStore.Write.class, this::onWrite)
                .onMessage(StreamStore.Open.class, open -> noContent(open.replyTo()))
                .onMessage(StreamStore.Receive.class, receive -> noContent(receive.replyTo()))
                .onMessage(StreamStore.Rewind.class, this::onRewind)
                .onMessage(StreamStore.Select.class, this::onSelect)
                .onMessage(StreamStore.Release.class, this::onRelease)
                .onMessage(StreamStore.ReleaseAll.class, this::onReleaseAll)
                .onMessage(StreamStore.Begin.class, this::onBegin)
                .onMessage(StreamStore.Discard.class, this::onDiscard)
                .onMessage(StreamStore.Seal.class, this::onSeal)
                .onMessage(StreamStore.Commit.class, this::onCommit)
                .onMessage(StreamStore.Abort.class, this::onAbort)
                .onMessage(LocalStore.GetLoad.class, this::onGetLoad)
                .onMessage(LocalStore.Recall.class, this::onRecall)
                .onMessage(LocalStore.Remember.class, this::onRemember)
                .onMessage(Housekeeping.Cleanup.class, this::onCleanup)
                .onMessage(Housekeeping.GetOpen.class, this::onGetOpen)
                .onMessage(Housekeeping.Flush.class, flush -> kept(flush.replyTo()))
                .onMessage(Housekeeping.Compact.class, compact -> kept(compact.replyTo()))
                .onMessage(Housekeeping.Drop.class, drop -> onDrop(drop.replyTo()))
                .onMessage(LocalStore.Apply.class, apply -> refuse(apply.replyTo()))
                .onMessage(LocalStore.Read.class, read -> refuse(read.replyTo()))
                .build();
    }

    private Behavior<LocalStore.Command> onRead(StreamStore.Read read) {
        if (!references.containsKey(new Reference(read.table(), read.sstable()))) {
            read.replyTo().tell(new StreamStore.IoFailed(read.sstable() + " of " + read.table() + " is gone"));
            return this;
        }
        boolean corrupt = disk.faults().corruptsRead(read.table(), read.sstable(), read.offset());
        after(
                cost(read.length(), settings.readBytesPerSecond()),
                read.replyTo(),
                new StreamStore.ChunkRead(corrupt, Bytes.EMPTY));
        return this;
    }

    private Behavior<LocalStore.Command> onWrite(StreamStore.Write write) {
        var refusal = whyNotWrite(write);
        if (!refusal.isEmpty()) {
            write.replyTo().tell(new StreamStore.IoFailed(refusal));
            return this;
        }
        boolean corrupt = disk.faults().corruptsWrite(write.offset());
        disk.append(write.id(), write.sequence(), corrupt ? 0 : write.length());
        after(
                cost(write.length(), settings.writeBytesPerSecond()),
                write.replyTo(),
                new StreamStore.ChunkWritten(corrupt));
        return this;
    }

    private Behavior<LocalStore.Command> noContent(ActorRef<? super StreamStore.IoFailed> asker) {
        asker.tell(new StreamStore.IoFailed("this store keeps sizes only, which have no content"));
        return this;
    }

    private Behavior<LocalStore.Command> onRewind(StreamStore.Rewind rewind) {
        rewind.replyTo()
                .tell(new StreamStore.Rewound(rewind.sequence(), disk.received(rewind.id(), rewind.sequence())));
        return this;
    }

    private String whyNotWrite(StreamStore.Write write) {
        if (!disk.isReceiving(write.id())) {
            return "nothing is being received for " + write.id().table() + " from "
                    + write.id().peer();
        }
        if (disk.faults().isReadOnly()) {
            return "Read-only file system";
        }
        return settings.capacity() != Long.MAX_VALUE && disk.used() > settings.capacity() - write.length()
                ? "No space left on device"
                : "";
    }

    private Behavior<LocalStore.Command> onSelect(StreamStore.Select select) {
        var files = select.requests().stream()
                .flatMap(request ->
                        disk.store().filesFor(request.keyspace(), request.ranges(), settings.model()).stream())
                .toList();
        var referred = files.stream()
                .map(file -> new Reference(file.table(), file.sstable()))
                .toList();
        keep(select.selection(), referred);
        referred.forEach(reference -> references.merge(reference, 1, Integer::sum));
        select.replyTo().tell(new StreamStore.Selected(files));
        return this;
    }

    private Behavior<LocalStore.Command> onRelease(StreamStore.Release release) {
        var reference = new Reference(release.table(), release.sstable());
        var held = selections.getOrDefault(release.selection(), List.of());
        if (held.contains(reference)) {
            var rest = new ArrayList<>(held);
            rest.remove(reference);
            keep(release.selection(), rest);
            release(reference);
        }
        return this;
    }

    private Behavior<LocalStore.Command> onReleaseAll(StreamStore.ReleaseAll release) {
        selections.getOrDefault(release.selection(), List.of()).forEach(this::release);
        keep(release.selection(), List.of());
        return this;
    }

    private void keep(String selection, List<Reference> held) {
        if (held.isEmpty()) {
            selections.remove(selection);
        } else {
            selections.put(selection, held);
        }
    }

    private void release(Reference reference) {
        if (references.merge(reference, -1, (held, less) -> held + less == 0 ? null : held + less) == null) {
            disk.drop(reference.table(), reference.sstable());
        }
    }

    private Behavior<LocalStore.Command> onBegin(StreamStore.Begin begin) {
        disk.begin(begin.id());
        return this;
    }

    private Behavior<LocalStore.Command> onDiscard(StreamStore.Discard discard) {
        disk.discard(discard.id(), discard.sequence());
        return this;
    }

    private Behavior<LocalStore.Command> onSeal(StreamStore.Seal seal) {
        if (disk.isReceiving(seal.id())) {
            disk.seal(seal.id(), seal.sequence(), seal.coverage(), seal.stored());
            after(sync(), seal.replyTo(), new StreamStore.Sealed(seal.sequence()));
        }
        return this;
    }

    private Behavior<LocalStore.Command> onCommit(StreamStore.Commit commit) {
        if (disk.isReceiving(commit.id())) {
            int sstables = disk.commit(commit.id());
            after(sync(), commit.replyTo(), new StreamStore.Committed(commit.id(), sstables));
        }
        return this;
    }

    private Behavior<LocalStore.Command> onAbort(StreamStore.Abort abort) {
        disk.abort(abort.plan(), abort.peer(), abort.session());
        return this;
    }

    private Behavior<LocalStore.Command> onGetLoad(LocalStore.GetLoad get) {
        get.replyTo().tell(new LocalStore.Load(disk.store().bytes()));
        return this;
    }

    private Behavior<LocalStore.Command> onRecall(LocalStore.Recall recall) {
        recall.replyTo().tell(disk.record());
        return this;
    }

    private Behavior<LocalStore.Command> onRemember(LocalStore.Remember remember) {
        disk.remember(remember.record());
        return this;
    }

    private Behavior<LocalStore.Command> onCleanup(Housekeeping.Cleanup cleanup) {
        long before = disk.store().bytes();
        for (var owned : cleanup.owned()) {
            var coverage = Coverage.of(owned.ranges());
            for (var table : disk.store().tablesOf(owned.keyspace())) {
                table.sstables().forEach(sstable -> cleanUp(sstable, coverage));
            }
        }
        cleanup.replyTo().tell(new Housekeeping.Done(before - disk.store().bytes()));
        return this;
    }

    private void cleanUp(SizedSSTable sstable, Coverage owned) {
        if (!sstable.coverage().intersect(owned).equals(sstable.coverage())) {
            var reference = new Reference(sstable.table(), sstable.name());
            disk.shrink(sstable, owned, references.containsKey(reference));
        }
    }

    private Behavior<LocalStore.Command> onGetOpen(Housekeeping.GetOpen get) {
        int open = references.values().stream().mapToInt(Integer::intValue).sum();
        get.replyTo().tell(new Housekeeping.Open(open, disk.temporaries()));
        return this;
    }

    /** Sizes are flushed and compacted as they are. */
    private Behavior<LocalStore.Command> kept(ActorRef<? super Housekeeping.Kept> replyTo) {
        replyTo.tell(new Housekeeping.Done(0));
        return this;
    }

    private Behavior<LocalStore.Command> onDrop(ActorRef<? super Housekeeping.Kept> replyTo) {
        replyTo.tell(new Housekeeping.Failed("this node keeps sizes of tables, not tables"));
        return this;
    }

    private Behavior<LocalStore.Command> refuse(ActorRef<? super LocalStore.Refused> replyTo) {
        replyTo.tell(new LocalStore.Refused("this node keeps sizes, not rows"));
        return this;
    }

    private long sync() {
        return (long) (settings.syncTime().toNanos() * disk.faults().slowdown());
    }

    private long cost(long bytes, long bytesPerSecond) {
        return bytesPerSecond == 0
                ? 0
                : (long) (bytes
                        * NANOS_PER_SECOND
                        / bytesPerSecond
                        * disk.faults().slowdown());
    }

    /** Answers when the disk, busy with what it was asked before, has worked for {@code nanos} more. */
    private <T> void after(long nanos, ActorRef<? super T> replyTo, T answer) {
        long now = clock.nanos();
        diskFreeAt = Math.max(now, diskFreeAt) + nanos;
        if (diskFreeAt <= now) {
            replyTo.tell(answer);
        } else {
            getContext().scheduleOnce(Duration.ofNanos(diskFreeAt - now), replyTo, answer);
        }
    }
}
