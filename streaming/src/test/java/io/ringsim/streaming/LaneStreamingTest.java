package io.ringsim.streaming;

import static io.ringsim.streaming.RealNodes.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import io.ringsim.network.Traffic;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that go over connections of their own, between real directories. */
class LaneStreamingTest {
    private static final int ROWS = 300;
    private static final int BYTES = 20_000;
    private static final TokenRange HALF = new TokenRange(Partitioner.MURMUR3.minimum(), new LongToken(0));
    private static final TokenRange LAST = new TokenRange(new LongToken(0), Partitioner.MURMUR3.minimum());

    @TempDir
    private Path directory;

    static StreamingSettings settings(StreamProtocol protocol) {
        var settings = protocol == StreamProtocol.V4_1 ? StreamingSettings.profile41() : StreamingSettings.profile21();
        return settings.with(Throughput.UNLIMITED);
    }

    static Finished move(RealNodes nodes, RealNodes.Running from, RealNodes.Running to, TokenRange range) {
        TestProbe<RangeStreamer.Event> events = nodes.kit.createTestProbe();
        var transfer = new Transfer("shop", range, from.id(), to.id());
        to.streamer().tell(new RangeStreamer.Stream("p", "Bootstrap", List.of(transfer), events.getRef()));
        return nodes.await(events);
    }

    @ParameterizedTest
    @CsvSource({"V2_1,true", "V2_1,false", "V4_1,true", "V4_1,false"})
    void whatIsAskedForArrivesOverTcpAndWithinOneHost(StreamProtocol protocol, boolean oneHost) {
        for (var range : List.of(ALL, HALF)) {
            try (var nodes = new RealNodes(directory.resolve(range.toString()))) {
                var channels = nodes.channels();
                var source = nodes.start("n1", settings(protocol), channels);
                var target = nodes.start("n2", settings(protocol), oneHost ? channels : nodes.channels());
                nodes.write(source, 0, ROWS / 2, BYTES);
                nodes.write(source, ROWS / 2, ROWS, BYTES);

                var finished = move(nodes, source, target, range);

                assertThat(finished.sessions()).singleElement().satisfies(session -> {
                    assertThat(session.failure()).isEmpty();
                    assertThat(session.filesReceived()).isEqualTo(range.equals(ALL) ? 2 * 8 : 2);
                });
                nodes.hasRows(target, 0, ROWS, BYTES, range);
                long bytes = finished.sessions().get(0).bytesReceived();
                assertThat(nodes.network.traffic())
                        .contains(new Traffic.Entry(source.id(), target.id(), "Content", new Traffic.Amount(0, bytes)));
                nodes.isAtRest(source);
                nodes.isAtRest(target);
            }
        }
    }

    @Test
    void manyPeersSendAtOnceToOneThatAlsoSends() {
        try (var nodes = new RealNodes(directory)) {
            var settings = settings(StreamProtocol.V2_1).withConnectionsPerHost(2);
            var target = nodes.start("n0", settings, nodes.channels());
            nodes.write(target, 0, 50, BYTES);
            TestProbe<RangeStreamer.Event> events = nodes.kit.createTestProbe();
            var transfers = new ArrayList<Transfer>();
            for (int i = 1; i <= 6; i++) {
                var peer = nodes.start("n" + i, settings, nodes.channels());
                nodes.write(peer, 100 * i, 100 * i + 50, BYTES);
                transfers.add(new Transfer("shop", ALL, peer.id(), target.id()));
                transfers.add(new Transfer("shop", HALF, target.id(), peer.id()));
            }

            target.streamer().tell(new RangeStreamer.Stream("p", "Rebuild", transfers, events.getRef()));

            assertThat(nodes.await(events).sessions())
                    .hasSize(12)
                    .allMatch(session -> session.failure().isEmpty());
            for (int i = 1; i <= 6; i++) {
                nodes.hasRows(target, 100 * i, 100 * i + 50, BYTES, ALL);
            }
            nodes.isAtRest(target);
        }
    }

    /** What can happen to the file of an SSTable between its choice and its being sent. */
    private enum Mishap {
        GONE {
            @Override
            void happenTo(Path file) throws IOException {
                Files.delete(file);
            }
        },
        SHORTER {
            @Override
            void happenTo(Path file) throws IOException {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
        },
        CHANGED {
            @Override
            void happenTo(Path file) throws IOException {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate(100), channel.size() / 4 * 3);
                }
            }
        };

        abstract void happenTo(Path file) throws IOException;
    }

    @ParameterizedTest
    @CsvSource({
        "V2_1,ALL,GONE", "V2_1,ALL,SHORTER", "V2_1,ALL,CHANGED", "V2_1,LAST,SHORTER", "V2_1,LAST,CHANGED",
        "V4_1,ALL,GONE", "V4_1,ALL,SHORTER", "V4_1,ALL,CHANGED", "V4_1,LAST,SHORTER", "V4_1,LAST,CHANGED"
    })
    void aFileThatIsNoLongerWhatWasChosenIsNamedWithWhatToDo(StreamProtocol protocol, String range, Mishap mishap) {
        try (var nodes = new RealNodes(directory)) {
            var file = nodes.directory("n1").resolve("data/shop/orders/rs-1-big-Data.db");
            var happened = new AtomicBoolean();
            var source = nodes.start("n1", settings(protocol), nodes.channels(), () -> {
                try {
                    if (!happened.getAndSet(true)) {
                        mishap.happenTo(file);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            var target = nodes.start("n2", settings(protocol), nodes.channels());
            nodes.write(source, 0, ROWS, BYTES);

            var finished = move(nodes, source, target, range.equals("ALL") ? ALL : LAST);

            assertThat(finished.sessions()).singleElement().satisfies(session -> {
                assertThat(session.failure())
                        .contains(
                                mishap == Mishap.CHANGED ? "SSTable 1 of n1" : "data/shop/orders/rs-1-big-Data.db at ")
                        .contains("from a snapshot, or remove it and repair");
            });
            nodes.hasNothing(target, 0, ROWS);
            nodes.isAtRest(source);
            nodes.isAtRest(target);
        }
    }
}
