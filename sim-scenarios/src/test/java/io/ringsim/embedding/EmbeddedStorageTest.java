package io.ringsim.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AskPattern;
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
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Storage;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.sstable.SSTableWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store alone, without a ring around it, as the child of somebody's actor. */
class EmbeddedStorageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TableId ORDERS = new TableId("shop", "orders");

    private final ActorTestKit kit = ActorTestKit.create("embedding");

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** An actor of the user's whose store is on a dispatcher of its own, and stops with it. */
    private static Behavior<String> shop(Path directory, CompletableFuture<ActorRef<LocalStore.Command>> store) {
        return Behaviors.setup(context -> {
            var blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
            var setup = new Storage.Setup(
                    RealDisk.at(directory),
                    () -> 0,
                    Partitioner.MURMUR3,
                    List.of(TableMetadata.standard(ORDERS)),
                    EngineSettings.simulated(),
                    new SSTableWriter.Options(blocking::execute, false),
                    engine -> {});
            store.complete(context.spawn(Storage.create(setup), "store", DispatcherSelector.blocking()));
            return Behaviors.receiveMessage(close -> Behaviors.stopped());
        });
    }

    @Test
    void rowsOutliveTheActorTheyWereWrittenThrough(@TempDir Path directory) {
        var first = new CompletableFuture<ActorRef<LocalStore.Command>>();
        var parent = kit.spawn(shop(directory, first), "first");
        var tea = Row.of(Bytes.utf8("order"), Cell.live(Bytes.utf8("item"), 1, Bytes.utf8("tea")));
        LocalStore.ApplyOutcome applied = ask(
                first.join(),
                replyTo -> new LocalStore.Apply(Mutation.of(ORDERS, Partition.of(key("alice"), tea)), replyTo));
        assertThat(applied).isEqualTo(new LocalStore.Applied());

        parent.tell("close");
        kit.createTestProbe().expectTerminated(first.join(), PATIENCE);

        var second = new CompletableFuture<ActorRef<LocalStore.Command>>();
        kit.spawn(shop(directory, second), "second");
        assertThat(read(second.join(), "alice")).isEqualTo(Partition.of(key("alice"), tea));
        assertThat(read(second.join(), "bob").isEmpty()).isTrue();
    }

    private Partition read(ActorRef<LocalStore.Command> store, String customer) {
        LocalStore.ReadOutcome outcome =
                ask(store, replyTo -> new LocalStore.Read(PartitionQuery.all(ORDERS, key(customer)), replyTo));
        return ((LocalStore.Rows) outcome).partition();
    }

    private <R> R ask(
            ActorRef<LocalStore.Command> store, akka.japi.function.Function<ActorRef<R>, LocalStore.Command> question) {
        return AskPattern.<LocalStore.Command, R>ask(
                        store, question, PATIENCE, kit.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private static Key key(String text) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8(text));
    }
}
