package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.AN_HOUR;
import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.TableId;
import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that move real rows between simulated disks, and what is refused in them. */
class RowStreamingTest {
    private static final TokenRange ALL = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());
    private static final TokenRange HALF = new TokenRange(Partitioner.MURMUR3.minimum(), new LongToken(0));
    private static final StreamingSettings.Chunks SMALL = new StreamingSettings.Chunks(4 << 10, 4 << 10, 16 << 10);
    /** A chunk of an SSTable, and the one of the network that it ends in. */
    private static final long AT_MOST_AGAIN = (64 << 10) + (4 << 10);

    private final RowDisks disks =
            new RowDisks(List.of(ORDERS, ITEMS), EngineSettings.simulated().withEntireSSTables(false), 600, 1_000);

    private StreamRing ring(StreamingSettings settings) {
        var ring = new StreamRing(1, settings, NetworkSettings.defaults(), (any, node) -> disks.store(node));
        ring.restart(node(1));
        ring.restart(node(2));
        ring.settle();
        return ring;
    }

    private static StreamingSettings settings(StreamProtocol protocol) {
        var settings = protocol == StreamProtocol.V4_1 ? StreamingSettings.profile41() : StreamingSettings.profile21();
        return settings.with(SMALL);
    }

    /** Has n2 fetch a range from n1. */
    private static SessionResult fetch(StreamRing ring, TokenRange range) {
        var events = ring.stream(node(2), "p", new Transfer("shop", range, node(1), node(2)));
        assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
        return finished(events).sessions().get(0);
    }

    private void hasNothingOf(NodeId source, NodeId at, TableId... tables) {
        for (var table : tables) {
            assertThat(disks.rows(source, at, table, Coverage.of(List.of(ALL))).found())
                    .isZero();
            assertThat(disks.leftovers(at, table)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aDamagedFileIsAskedAgainFromItsLastRightChunkOn(int damages) {
        try (var ring = ring(settings(StreamProtocol.V2_1).withResumedRetries(true))) {
            long from = 100_000;
            ring.noise = chunk -> chunk.table().equals(ORDERS)
                            && chunk.sequence() == 0
                            && ring.count(Retry.class) < damages
                            && chunk.offset() / from == 1 + ring.count(Retry.class) / 2
                    ? chunk.corrupted()
                    : chunk;

            var result = fetch(ring, ALL);

            assertThat(result.completed()).as(result.failure()).isTrue();
            assertThat(result.retries()).isEqualTo(damages);
            long again = ring.wire.stream()
                    .filter(Retry.class::isInstance)
                    .mapToLong(retry -> sent(ring, 0) - ((Retry) retry).offset())
                    .sum();
            assertThat(ring.wire)
                    .filteredOn(Retry.class::isInstance)
                    .allSatisfy(retry -> assertThat(((Retry) retry).offset()).isGreaterThan(from - AT_MOST_AGAIN));
            assertThat(bytes(ring, ORDERS.table(), 0) - sent(ring, 0)).isEqualTo(again);
            for (var table : List.of(ORDERS, ITEMS)) {
                var rows = disks.rows(node(1), node(2), table, Coverage.of(List.of(ALL)));
                assertThat(rows.found()).isEqualTo(rows.expected());
            }
            ring.assertNothingOpen();
        }
    }

    /** Bytes of the file as it is. */
    private static long sent(StreamRing ring, int sequence) {
        return ring.wire.stream()
                .filter(StreamMessage.File.class::isInstance)
                .map(StreamMessage.File.class::cast)
                .filter(file -> file.table().equals(ORDERS) && file.sequence() == sequence)
                .findFirst()
                .orElseThrow()
                .header()
                .bytes();
    }

    /** Bytes of it that went over the wire. */
    private static long bytes(StreamRing ring, String table, int sequence) {
        return ring.wire.stream()
                .filter(Chunk.class::isInstance)
                .map(Chunk.class::cast)
                .filter(chunk -> chunk.table().table().equals(table) && chunk.sequence() == sequence)
                .mapToLong(Chunk::length)
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatTheReceiverDoesNotHaveEndsTheSessionAndNoneOfItIsLeft(StreamProtocol protocol) {
        disks.schema.put(node(2), List.of(ORDERS));
        try (var ring = ring(settings(protocol))) {
            var result = fetch(ring, ALL);

            assertThat(result.completed()).isFalse();
            assertThat(result.failure())
                    .isEqualTo("cannot write: there is no table shop.items here, though n1 has one; "
                            + "wait until both agree on the schema");
            ring.assertNothingOpen();
            assertThat(ring.resultsAt(node(1)).get(0).failure()).isEqualTo("n2 says: " + result.failure());
            assertThat(disks.leftovers(node(2), ORDERS)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatRotsAtTheSenderEndsTheSessionThoughItIsAskedAgain(StreamProtocol protocol) throws IOException {
        try (var ring = ring(settings(protocol).withThroughput(50_000, 0))) {
            var path = disks.firstData(node(1), ORDERS);
            var events = ring.stream(node(2), "p", new Transfer("shop", HALF, node(1), node(2)));
            ring.simulation.runFor(Duration.ofSeconds(1));
            for (long at = 1_000; at < 200_000; at += 1_000) {
                disks.disk(node(1)).flip(path, at, 0);
            }

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();

            var result = finished(events).sessions().get(0);
            assertThat(result.completed()).isFalse();
            assertThat(result.failure()).contains(" of shop.orders is damaged");
            ring.assertNothingOpen();
            hasNothingOf(node(1), node(2), ORDERS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestForRangesOutsideOfOwnedIsRefused(StreamProtocol protocol) {
        try (var ring = ring(settings(protocol))) {
            ring.owned = (node, ranges) ->
                    !node.equals(node(1)) || ranges.ranges().stream().allMatch(range -> range.equals(HALF));

            var result = fetch(ring, ALL);

            assertThat(result.failure())
                    .startsWith("n1 says: n1 received a stream request from n2 for ranges outside of owned: ");
            ring.assertNothingOpen();
            hasNothingOf(node(1), node(2), ORDERS, ITEMS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileForRangesOutsideOfOwnedIsRefused(StreamProtocol protocol) {
        try (var ring = ring(settings(protocol))) {
            ring.owned = (node, ranges) -> !node.equals(node(2));
            var events = ring.stream(node(1), "p", new Transfer("shop", HALF, node(1), node(2)));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();

            assertThat(finished(events).sessions().get(0).failure())
                    .startsWith("n2 says: n2 received a file of shop.")
                    .contains(" from n1 for ranges outside of owned: ");
            ring.assertNothingOpen();
            hasNothingOf(node(1), node(2), ORDERS, ITEMS);
        }
    }

    @ParameterizedTest
    @CsvSource({"V2_1,1", "V2_1,2", "V4_1,1", "V4_1,2"})
    void aTableThatIsDroppedWhileItStreamsEndsTheSessionAndItsFilesGo(StreamProtocol protocol, int dropping)
            throws IOException {
        try (var ring = ring(settings(protocol).withThroughput(50_000, 0))) {
            var at = node(dropping);
            var events = ring.stream(node(2), "p", new Transfer("shop", ALL, node(1), node(2)));
            ring.simulation.runUntil(() -> ring.count(Chunk.class) > 20, AN_HOUR);

            var dropped = ring.keep(at, replyTo -> new Housekeeping.Drop(ITEMS, replyTo));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(dropped).singleElement().isInstanceOf(Housekeeping.Done.class);
            var result = finished(events).sessions().get(0);
            assertThat(result.completed()).isFalse();
            assertThat(result.failure()).contains("table shop.items was dropped");
            ring.assertNothingOpen();
            assertThat(disks.disk(at).list(StorageEngine.directoryOf(ITEMS))).containsExactly("manifest");
            assertThat(disks.leftovers(node(2), ORDERS)).isEmpty();
            if (dropping == 1) {
                hasNothingOf(node(1), node(2), ITEMS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatWasDroppedIsNotSentAndTheOthersAre(StreamProtocol protocol) {
        try (var ring = ring(settings(protocol))) {
            ring.keep(node(1), replyTo -> new Housekeeping.Drop(ITEMS, replyTo));

            var result = fetch(ring, ALL);

            assertThat(result.completed()).as(result.failure()).isTrue();
            var rows = disks.rows(node(1), node(2), ORDERS, Coverage.of(List.of(ALL)));
            assertThat(rows.found()).isEqualTo(rows.expected());
            hasNothingOf(node(1), node(2), ITEMS);
            ring.assertNothingOpen();
        }
    }
}
