package io.ringsim.storage;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A simulated world for stores, and one who asks them. */
final class StoreWorld implements AutoCloseable {
    /** Something the parent of all does. */
    private interface Task {
        void in(ActorContext<Task> context);
    }

    static final TableId TABLE = new TableId("shop", "orders");
    private static final Bytes NAME = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("value");
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Simulation simulation = Simulation.seeded(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final List<StorageEngine> engines = new ArrayList<>();
    private final ActorSystem<Task> system = simulation.start("stores", parent());

    private Behavior<Task> parent() {
        return Behaviors.receive(Task.class)
                .onMessage(
                        Task.class,
                        task -> Behaviors.setup(context -> {
                            task.in(context);
                            return Behaviors.same();
                        }))
                .onSignal(ChildFailed.class, failed -> {
                    failures.add(failed.cause());
                    return Behaviors.same();
                })
                .build();
    }

    Simulation simulation() {
        return simulation;
    }

    /** Why actors failed. */
    List<Throwable> failures() {
        return failures;
    }

    /** The engine that was opened last. */
    StorageEngine engine() {
        return engines.get(engines.size() - 1);
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior) {
        var spawned = new ArrayList<ActorRef<T>>();
        system.tell(context -> {
            var child = context.spawnAnonymous(behavior);
            context.watch(child);
            spawned.add(child);
        });
        simulation.runUntil(() -> !spawned.isEmpty(), PATIENCE);
        return spawned.get(0);
    }

    /** A store of rows on the disk, which may not be open yet. */
    ActorRef<LocalStore.Command> rows(SimulatedDisk disk, EngineSettings settings) {
        return spawn(Storage.create(new Storage.Setup(
                disk,
                disk::takeCost,
                Partitioner.MURMUR3,
                List.of(TableMetadata.standard(TABLE)),
                settings,
                SSTableWriter.Options.DEFAULT,
                engines::add)));
    }

    /** Ends its process in order. */
    void stop(ActorRef<LocalStore.Command> store) {
        system.tell(context -> {
            context.unwatch(store);
            context.stop(store);
        });
        simulation.runFor(Duration.ofMillis(1));
    }

    /** Who gets answers. */
    ActorRef<Object> listener(List<Object> answers) {
        return spawn(Behaviors.receive(Object.class)
                .onAnyMessage(answer -> {
                    answers.add(answer);
                    return Behaviors.same();
                })
                .build());
    }

    /** What is answered. */
    Object ask(ActorRef<LocalStore.Command> store, Function<ActorRef<Object>, LocalStore.Command> question) {
        var answers = new ArrayList<Object>();
        store.tell(question.apply(listener(answers)));
        assertThat(simulation.runUntil(() -> !answers.isEmpty(), PATIENCE)).isTrue();
        return answers.get(0);
    }

    static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + number));
    }

    static Bytes value(int number) {
        return Bytes.utf8("value " + number + " ".repeat(500));
    }

    static Mutation write(int number) {
        return Mutation.of(TABLE, Partition.of(key(number), Row.of(NAME, Cell.live(COLUMN, 1, value(number)))));
    }

    void apply(ActorRef<LocalStore.Command> store, int from, int to) {
        for (int i = from; i < to; i++) {
            var mutation = write(i);
            assertThat(ask(store, replyTo -> new LocalStore.Apply(mutation, replyTo)))
                    .isEqualTo(new LocalStore.Applied());
        }
    }

    /** Whether the row can be read, with its value. */
    boolean has(ActorRef<LocalStore.Command> store, int number) {
        var answer = ask(store, replyTo -> new LocalStore.Read(PartitionQuery.all(TABLE, key(number)), replyTo));
        return answer instanceof LocalStore.Rows rows
                && rows.partition().rows().stream()
                        .flatMap(row -> row.cell(COLUMN).stream())
                        .anyMatch(cell -> cell.value().equals(value(number)));
    }

    /** How many of the rows can be read. */
    long count(ActorRef<LocalStore.Command> store, int from, int to) {
        return IntStream.range(from, to).filter(number -> has(store, number)).count();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
