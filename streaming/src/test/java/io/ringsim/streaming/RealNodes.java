package io.ringsim.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
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
import io.ringsim.network.DirectNetwork;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.Storage;
import io.ringsim.storage.StreamStore;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.streaming.lane.DataChannelSettings;
import io.ringsim.streaming.lane.DataChannels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Nodes with real files and sockets, in one ordinary actor system. */
final class RealNodes implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    static final TableId TABLE = new TableId("shop", "orders");
    static final TokenRange ALL = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());
    private static final Bytes ROW = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("value");

    final ActorTestKit kit = ActorTestKit.create();
    final DirectNetwork network = new DirectNetwork();
    private final Path directory;
    private final List<DataChannels> opened = new ArrayList<>();

    /** A node that is up. */
    record Running(NodeId id, ActorRef<LocalStore.Command> store, ActorRef<RangeStreamer.Command> streamer) {}

    RealNodes(Path directory) {
        this.directory = directory;
    }

    /** Where the files of a node are. */
    Path directory(String name) {
        return directory.resolve(name);
    }

    DataChannels channels() {
        return channels(DataChannelSettings.at("localhost"));
    }

    DataChannels channels(DataChannelSettings settings) {
        try {
            var channels = DataChannels.open(settings);
            opened.add(channels);
            return channels;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Running start(String name, StreamingSettings settings, DataChannels channels) {
        return start(name, settings, channels, () -> {});
    }

    /**
     * A node on a directory of its own.
     *
     * @param sending is done whenever a file that was chosen is about to be sent
     */
    Running start(String name, StreamingSettings settings, DataChannels channels, Runnable sending) {
        var id = new NodeId(name);
        var system = kit.system();
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        Disk disk;
        try {
            disk = RealDisk.at(directory(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var store = kit.spawn(Storage.create(new Storage.Setup(
                disk,
                () -> 0,
                Partitioner.MURMUR3,
                List.of(TableMetadata.standard(TABLE)),
                EngineSettings.simulated(),
                new SSTableWriter.Options(blocking::execute, false),
                engine -> {})));
        ActorRef<LocalStore.Command> seen = kit.spawn(Behaviors.receiveMessage(asked -> {
            if (asked instanceof StreamStore.Open) {
                sending.run();
            }
            store.tell(asked);
            return Behaviors.same();
        }));
        var streamer = kit.spawn(Streamer.create(
                new Streamer.Setup(id, settings, network, seen, peer -> false, system.ignoreRef()).with(channels)));
        var running = new Running(id, store, streamer);
        ask(store, LocalStore.GetLoad::new);
        ask(streamer, Streamer.GetSessions::new);
        return running;
    }

    /** Writes rows with values of that size that do not compress, and makes an SSTable of them. */
    void write(Running node, int from, int to, int valueBytes) {
        TestProbe<Object> applied = kit.createTestProbe();
        for (int i = from; i < to; i++) {
            node.store().tell(new LocalStore.Apply(Mutation.of(TABLE, row(i, valueBytes)), applied.getRef()));
        }
        for (int i = from; i < to; i++) {
            assertThat(applied.receiveMessage(PATIENCE)).isInstanceOf(LocalStore.Applied.class);
        }
        ask(node.store(), Housekeeping.Flush::new);
    }

    private static Partition row(int number, int valueBytes) {
        var value = new byte[valueBytes];
        Randomness.of(number).nextBytes(value);
        return Partition.of(key(number), Row.of(ROW, Cell.live(COLUMN, 1, Bytes.wrap(value))));
    }

    static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + number));
    }

    /** Checks that the node has exactly these rows of those whose keys are in the range. */
    void hasRows(Running node, int from, int to, int valueBytes, TokenRange range) {
        for (int i = from; i < to; i++) {
            int number = i;
            var rows = (LocalStore.Rows) ask(
                    node.store(), replyTo -> new LocalStore.Read(PartitionQuery.all(TABLE, key(number)), replyTo));
            var expected = row(number, valueBytes);
            if (range.contains(key(number).token())) {
                assertThat(rows.partition()).as("row %d", number).isEqualTo(expected);
            } else {
                assertThat(rows.partition().isEmpty()).as("row %d", number).isTrue();
            }
        }
    }

    /** Checks that the node has none of these rows. */
    void hasNothing(Running node, int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            var rows = (LocalStore.Rows) ask(
                    node.store(), replyTo -> new LocalStore.Read(PartitionQuery.all(TABLE, key(number)), replyTo));
            assertThat(rows.partition().isEmpty()).as("row %d", number).isTrue();
        }
    }

    <C> Object ask(ActorRef<C> actor, Function<ActorRef<Object>, C> question) {
        TestProbe<Object> answer = kit.createTestProbe();
        actor.tell(question.apply(answer.getRef()));
        return answer.receiveMessage(PATIENCE);
    }

    /** Waits for the end of a plan. */
    RangeStreamer.Finished await(TestProbe<RangeStreamer.Event> events) {
        while (true) {
            var event = events.receiveMessage(PATIENCE);
            if (event instanceof RangeStreamer.Finished finished) {
                return finished;
            }
        }
    }

    /** Waits until nothing is left of streams at the node. */
    void isAtRest(Running node) {
        TestProbe<Object> open = kit.createTestProbe();
        open.awaitAssert(PATIENCE, () -> {
            assertThat(ask(node.store(), Housekeeping.GetOpen::new)).isEqualTo(new Housekeeping.Open(0, 0));
            assertThat(ask(node.streamer(), Streamer.GetSessions::new)).isEqualTo(new Streamer.Sessions(0));
            return null;
        });
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        for (var channels : opened) {
            try {
                channels.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
