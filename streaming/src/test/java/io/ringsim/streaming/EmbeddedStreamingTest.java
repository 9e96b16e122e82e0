package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.ringsim.network.DirectNetwork;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.SizedDisk;
import io.ringsim.storage.SizedStorage;
import io.ringsim.storage.SizedStore;
import io.ringsim.storage.StorageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same actors and streams on an ordinary actor system, with its threads and its time. */
class EmbeddedStreamingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final StorageSettings DISK = StorageSettings.defaults().withSpeed(0, 0);

    private final ActorTestKit kit = ActorTestKit.create();
    private final DirectNetwork network = new DirectNetwork();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private ActorRef<LocalStore.Command> store(SizedDisk disk) {
        return kit.spawn(SizedStorage.create(disk, DISK));
    }

    /** A streamer whose inbox is open: one that answers has attached itself to the network. */
    private ActorRef<RangeStreamer.Command> streamer(NodeId node, ActorRef<LocalStore.Command> store) {
        var streamer = kit.spawn(Streamer.create(new Streamer.Setup(
                node,
                StreamingSettings.profile21().withThroughput(0, 0),
                network,
                store,
                peer -> false,
                kit.system().ignoreRef())));
        TestProbe<Streamer.Sessions> answer = kit.createTestProbe();
        streamer.tell(new Streamer.GetSessions(answer.getRef()));
        answer.receiveMessage(PATIENCE);
        return streamer;
    }

    @Test
    void streamsFromManyPeersAtOnceAndLetsGoOfEverything() {
        int peers = 8;
        var joiner = node(0);
        var disk = SizedDisk.empty();
        var stores = new ArrayList<ActorRef<LocalStore.Command>>();
        stores.add(store(disk));
        var streamer = streamer(joiner, stores.get(0));
        var transfers = new ArrayList<Transfer>();
        for (int i = 1; i <= peers; i++) {
            var held = SizedStore.EMPTY.with(table(ORDERS, 100_000_000, 10)).with(table(ITEMS, 1_000_000, 10));
            var sourceDisk = new SizedDisk(held);
            sourceDisk.faults().corruptNextReads(i % 4);
            stores.add(store(sourceDisk));
            streamer(node(i), stores.get(i));
            transfers.add(move(node(i), joiner, i * 100L, i * 100L + 50));
        }
        TestProbe<RangeStreamer.Event> probe = kit.createTestProbe();

        streamer.tell(new RangeStreamer.Stream("p", "Bootstrap", transfers, probe.getRef()));

        var finished = lastOf(probe);
        assertThat(finished.sessions())
                .hasSize(peers)
                .allMatch(session -> session.failure().isEmpty());
        assertThat(disk.store().bytes()).isEqualTo(peers * 5_050_000L);
        TestProbe<Object> open = kit.createTestProbe();
        for (var store : stores) {
            open.awaitAssert(PATIENCE, () -> {
                store.tell(new Housekeeping.GetOpen(open.getRef()));
                assertThat(open.receiveMessage()).isEqualTo(new Housekeeping.Open(0, 0));
                return List.of();
            });
        }
    }

    private static Finished lastOf(TestProbe<RangeStreamer.Event> probe) {
        while (true) {
            var event = probe.receiveMessage(PATIENCE);
            if (event instanceof Finished finished) {
                return finished;
            }
        }
    }
}
