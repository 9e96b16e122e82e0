package io.ringsim.storage;

import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.StashBuffer;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.ExecutorIo;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of a node that keeps rows: the {@link LocalStore}, and what streaming ({@link StreamStore}) and operators
 * ({@link Housekeeping}) need of it, on a {@link StorageEngine}.
 *
 * <p>It opens the engine, which may take a while, then hands out work: writes and reads go to the threads of the blocking
 * dispatcher, side by side, and answer from there. In a simulated world that is the one thread, and the disk's time is
 * virtual.
 */
public final class Storage {
    /** What is asked of a store that is not open yet; more means that whoever asks does not wait for answers. */
    private static final int STASH = 100_000;

    /**
     * What a store works on.
     *
     * @param diskNanos how much longer than it took the disk work since the last call takes; 0 always on a real disk
     * @param opened is told the engine once it is open
     */
    public record Setup(
            Disk disk,
            LongSupplier diskNanos,
            Partitioner partitioner,
            List<TableMetadata> schema,
            EngineSettings settings,
            SSTableWriter.Options writing,
            Consumer<StorageEngine> opened) {
        public Setup {
            schema = List.copyOf(schema);
        }
    }

    private record Opened(StorageEngine engine, NodeRecord record) implements LocalStore.Extension {}

    private record NotOpened(IOException reason) implements LocalStore.Extension {}

    /** An engine on its way from the thread that opened it to the actor, which may have stopped meanwhile. */
    private static final class Handover {
        private @Nullable StorageEngine waiting;
        private boolean over;

        /** Whether somebody will take it. */
        synchronized boolean offer(StorageEngine opened) {
            waiting = over ? null : opened;
            return !over;
        }

        /** The engine that nobody took. */
        synchronized Optional<StorageEngine> end() {
            over = true;
            return Optional.ofNullable(waiting);
        }
    }

    private final ActorContext<LocalStore.Command> context;
    private final Setup setup;
    private final Handover handover = new Handover();
    private final Executor executor;
    private final ExecutorIo io;
    private final NodeRecordFile records;

    private Storage(ActorContext<LocalStore.Command> context, Setup setup) {
        this.context = context;
        this.setup = setup;
        var system = context.getSystem();
        this.executor = system.dispatchers().lookup(DispatcherSelector.blocking());
        this.io = io();
        this.records = new NodeRecordFile(setup.disk(), setup.partitioner());
    }

    private ExecutorIo io() {
        var system = context.getSystem();
        return new ExecutorIo(
                executor,
                (delay, task) -> system.scheduler().scheduleOnce(delay, task, system.executionContext()),
                setup.diskNanos());
    }

    /** A store that opens what is on its disk; it stops when that cannot be opened, with the reason in its failure. */
    public static Behavior<LocalStore.Command> create(Setup setup) {
        return Behaviors.setup(
                context -> Behaviors.withStash(STASH, stash -> new Storage(context, setup).opening(stash)));
    }

    /** Waiting for the engine to open; keeps what is asked meanwhile. Next: open. */
    private Behavior<LocalStore.Command> opening(StashBuffer<LocalStore.Command> stash) {
        // By other means than the engine's, which may end while this goes on.
        io().run(Io.Lane.LOG, this::open, Outcomes.telling(context.getSelf(), opened -> opened, NotOpened::new));
        return Behaviors.receive(LocalStore.Command.class)
                .onMessage(Opened.class, opened -> {
                    setup.opened().accept(opened.engine());
                    return stash.unstashAll(
                            new OpenStore(context, opened.engine(), io, executor, records, opened.record()).behavior());
                })
                .onMessage(NotOpened.class, failed -> {
                    throw new StoreNotOpened(failed.reason());
                })
                .onAnyMessage(early -> {
                    stash.stash(early);
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, stop -> onStop())
                .build();
    }

    private Behavior<LocalStore.Command> onStop() {
        handover.end().ifPresent(engine -> Outcomes.close(engine, context.getLog()));
        return Behaviors.same();
    }

    private Opened open() throws IOException {
        var record = records.read();
        var engine = StorageEngine.open(
                setup.disk(),
                io,
                Clock.of(context.getSystem()),
                setup.partitioner(),
                setup.schema(),
                setup.settings(),
                setup.writing());
        if (!handover.offer(engine)) {
            engine.close();
            throw new IOException("the store was stopped while it opened");
        }
        return new Opened(engine, record);
    }
}
