package io.ringsim.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
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
import io.ringsim.deploy.HostEvents;
import io.ringsim.deploy.HostSettings;
import io.ringsim.deploy.RingHost;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shop that keeps its orders in a ring of three nodes within its own actor system: writes one at QUORUM, reads it, and closes. */
public final class Shop {
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Key ALICE = Key.of(Partitioner.MURMUR3, Bytes.utf8("alice"));

    private enum Open {
        INSTANCE
    }

    public static void main(String[] arguments) {
        var system = ActorSystem.create(shop(ring(Path.of(arguments[0]))), "shop");
        system.getWhenTerminated().toCompletableFuture().join();
    }

    /** Three nodes, whose files are in this directory and are found again by the next run. */
    private static HostSettings ring(Path directory) {
        var replication = ReplicationStrategy.of("SimpleStrategy", new TreeMap<>(Map.of("replication_factor", "3")));
        var ring = new HostSettings.RingSettings(
                "Shop",
                Partitioner.MURMUR3,
                List.of(new Keyspace("shop", replication)),
                List.of(TableMetadata.standard(ORDERS)));
        var settings = HostSettings.of(ring, "shop", new Location("dc1", "r1"), 3, directory);
        return settings.with(settings.joining().asSeed());
    }

    /** The ring is a child: it has a dispatcher of its own, and stops with the shop. */
    private static Behavior<Object> shop(HostSettings settings) {
        return Behaviors.setup(shop -> {
            var ring = shop.spawn(RingHost.create(settings), "ring", DispatcherSelector.blocking());
            var members = HostEvents.watch(ring)
                    .filter(event -> event instanceof Node.ModeChanged changed && changed.mode() == Mode.NORMAL)
                    .take(settings.nodes().size())
                    .runWith(Sink.ignore(), shop.getSystem());
            shop.pipeToSelf(members, (done, failed) -> Open.INSTANCE);
            return Behaviors.receive(Object.class)
                    .onMessageEquals(Open.INSTANCE, () -> {
                        ring.tell(new RingHost.FindNode(
                                new NodeId("shop-1"), shop.getSelf().narrow()));
                        return Behaviors.same();
                    })
                    .onMessage(
                            RingHost.Found.class,
                            found -> sell(shop, found.node().orElseThrow()))
                    .build();
        });
    }

    /**
     * Any node coordinates writes and reads of any key. One that has just become a member may not see enough others yet; then it is
     * asked again: the same write twice is one write.
     */
    private static Behavior<Object> sell(ActorContext<Object> shop, ActorRef<Node.Command> node) {
        var tea = Row.of(Bytes.utf8("order 1"), Cell.live(Bytes.utf8("item"), 1, Bytes.utf8("tea")));
        var order = Mutation.of(ORDERS, Partition.of(ALICE, tea));
        var write =
                new Node.Write(order, ConsistencyLevel.QUORUM, shop.getSelf().narrow());
        var read = new Node.Read(
                PartitionQuery.all(ORDERS, ALICE),
                ConsistencyLevel.QUORUM,
                shop.getSelf().narrow());
        node.tell(write);
        return Behaviors.receive(Object.class)
                .onMessage(WriteOutcome.Written.class, written -> {
                    System.out.println("written");
                    node.tell(read);
                    return Behaviors.same();
                })
                .onMessage(ReadOutcome.Found.class, found -> {
                    System.out.println("orders of alice: " + found.partition().rowCount());
                    return Behaviors.stopped();
                })
                .onMessage(WriteOutcome.class, notYet -> later(shop, node, write))
                .onMessage(ReadOutcome.class, notYet -> later(shop, node, read))
                .build();
    }

    private static Behavior<Object> later(
            ActorContext<Object> shop, ActorRef<Node.Command> node, Node.Command command) {
        shop.scheduleOnce(Duration.ofMillis(200), node, command);
        return Behaviors.same();
    }
}
