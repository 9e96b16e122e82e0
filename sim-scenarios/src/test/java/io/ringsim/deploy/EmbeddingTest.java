package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.AskPattern;
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
import io.ringsim.node.Node;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ring inside of somebody's ActorSystem, without a cluster. */
class EmbeddingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TableId ORDERS = new TableId("shop", "orders");

    @Test
    void aRingUnderAnActorOfTheUsersKeepsRowsAcrossItsLivesAndStopsWithItsParent(@TempDir Path directory) {
        var system = ActorSystem.create(SpawnProtocol.create(), "shop");
        try {
            var first = spawn(system, directory, "first");
            awaitSettled(system, first);
            var written = AskPattern.<Node.Command, WriteOutcome>ask(
                            node(system, first),
                            replyTo -> new Node.Write(order("alice"), ConsistencyLevel.QUORUM, replyTo),
                            PATIENCE,
                            system.scheduler())
                    .toCompletableFuture()
                    .join();
            assertThat(written).isEqualTo(new WriteOutcome.Written());
            var drained = AskPattern.<RingHost.Command, RingHost.Drained>ask(
                            first, RingHost.Drain::new, PATIENCE, system.scheduler())
                    .toCompletableFuture()
                    .join();
            assertThat(drained.problems()).isEmpty();

            var second = spawn(system, directory, "second");
            awaitSettled(system, second);
            var found = AskPattern.<Node.Command, ReadOutcome>ask(
                            node(system, second),
                            replyTo -> new Node.Read(
                                    PartitionQuery.all(ORDERS, key("alice")), ConsistencyLevel.ALL, replyTo),
                            PATIENCE,
                            system.scheduler())
                    .toCompletableFuture()
                    .join();
            assertThat(found).isInstanceOf(ReadOutcome.Found.class);
            assertThat(((ReadOutcome.Found) found).partition().rowCount()).isOne();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static ActorRef<RingHost.Command> spawn(
            ActorSystem<SpawnProtocol.Command> system, Path directory, String name) {
        var replication = new TreeMap<String, String>();
        replication.put("replication_factor", "3");
        var ring = new RingSettings(
                "Test Cluster",
                Partitioner.MURMUR3,
                List.of(new Keyspace("shop", ReplicationStrategy.of("SimpleStrategy", replication))),
                List.of(TableMetadata.standard(ORDERS)));
        var settings = HostSettings.of(ring, "n", new Location("dc1", "r1"), 3, directory);
        return AskPattern.<SpawnProtocol.Command, ActorRef<RingHost.Command>>ask(
                        system,
                        replyTo -> new SpawnProtocol.Spawn<>(
                                RingHost.create(settings.with(settings.joining().asSeed())),
                                name,
                                Props.empty(),
                                replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
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
