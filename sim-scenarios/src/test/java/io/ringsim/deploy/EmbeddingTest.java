package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.deploy.HostSettings.RingSettings;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.storage.Housekeeping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ring inside of somebody's ActorSystem, without a cluster. */
class EmbeddingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TableId ORDERS = new TableId("shop", "orders");

    /** An actor of the user's, which has a host as its child. */
    private static Behavior<String> shop(HostSettings settings, CompletableFuture<ActorRef<RingHost.Command>> host) {
        return Behaviors.setup(context -> {
            host.complete(context.spawn(RingHost.create(settings), "ring", DispatcherSelector.blocking()));
            return Behaviors.receiveMessage(close -> Behaviors.stopped());
        });
    }

    @Test
    void aRingUnderAnActorOfTheUsersKeepsRowsAcrossItsLivesAndStopsWithItsParent(@TempDir Path directory) {
        var kit = ActorTestKit.create("shop");
        try {
            var first = new CompletableFuture<ActorRef<RingHost.Command>>();
            var parent = kit.spawn(shop(settings(directory), first), "first");
            var modes = HostEvents.watch(first.join())
                    .filter(event -> event instanceof Node.ModeChanged changed && changed.mode() == Mode.NORMAL)
                    .take(3)
                    .runWith(Sink.seq(), kit.system());
            awaitSettled(kit.system(), first.join());
            assertThat(modes.toCompletableFuture().join()).hasSize(3);
            var written = AskPattern.<Node.Command, WriteOutcome>ask(
                            node(kit.system(), first.join()),
                            replyTo -> new Node.Write(order("alice"), ConsistencyLevel.QUORUM, replyTo),
                            PATIENCE,
                            kit.system().scheduler())
                    .toCompletableFuture()
                    .join();
            assertThat(written).isEqualTo(new WriteOutcome.Written());

            parent.tell("close");
            kit.createTestProbe().expectTerminated(first.join(), PATIENCE);

            var second = new CompletableFuture<ActorRef<RingHost.Command>>();
            kit.spawn(shop(settings(directory), second), "second");
            awaitSettled(kit.system(), second.join());
            var found = AskPattern.<Node.Command, ReadOutcome>ask(
                            node(kit.system(), second.join()),
                            replyTo -> new Node.Read(
                                    PartitionQuery.all(ORDERS, key("alice")), ConsistencyLevel.QUORUM, replyTo),
                            PATIENCE,
                            kit.system().scheduler())
                    .toCompletableFuture()
                    .join();
            assertThat(found).isInstanceOf(ReadOutcome.Found.class);
            assertThat(((ReadOutcome.Found) found).partition().rowCount()).isOne();
            assertThat(chore(kit.system(), second.join(), RingHost.Chore.FLUSH)).isInstanceOf(Housekeeping.Done.class);
            assertThat(chore(kit.system(), second.join(), RingHost.Chore.CLEANUP))
                    .isInstanceOf(Housekeeping.Done.class);
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Housekeeping.Kept chore(
            ActorSystem<?> system, ActorRef<RingHost.Command> host, RingHost.Chore chore) {
        return AskPattern.<RingHost.Command, Housekeeping.Kept>ask(
                        host,
                        replyTo -> new RingHost.Keep(new NodeId("n-1"), chore, replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    private static HostSettings settings(Path directory) {
        var replication = new TreeMap<String, String>();
        replication.put("replication_factor", "3");
        var ring = new RingSettings(
                "Test Cluster",
                Partitioner.MURMUR3,
                List.of(new Keyspace("shop", ReplicationStrategy.of("SimpleStrategy", replication))),
                List.of(TableMetadata.standard(ORDERS)));
        var settings = HostSettings.of(ring, "n", new Location("dc1", "r1"), 3, directory);
        return settings.with(settings.joining().asSeed());
    }

    private static void awaitSettled(ActorSystem<?> system, ActorRef<RingHost.Command> host) {
        TestHost.await("all nodes are members", () -> {
            var state = AskPattern.<RingHost.Command, RingHost.State>ask(
                            host, RingHost.GetState::new, PATIENCE, system.scheduler())
                    .toCompletableFuture()
                    .join();
            return state.nodes().stream().allMatch(HostedNode::isSettled)
                    && state.endpoints().size() == 3;
        });
    }

    private static ActorRef<Node.Command> node(ActorSystem<?> system, ActorRef<RingHost.Command> host) {
        return AskPattern.<RingHost.Command, RingHost.Found>ask(
                        host,
                        replyTo -> new RingHost.FindNode(new NodeId("n-1"), replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join()
                .node()
                .orElseThrow();
    }

    private static Mutation order(String customer) {
        var row = Row.of(Bytes.utf8("order"), Cell.live(Bytes.utf8("item"), 1, Bytes.utf8("tea")));
        return Mutation.of(ORDERS, Partition.of(key(customer), row));
    }

    private static Key key(String text) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8(text));
    }
}
