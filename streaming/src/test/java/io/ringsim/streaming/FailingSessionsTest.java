package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.AN_HOUR;
import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.network.LinkSet;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.Retry;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in which something fails. */
class FailingSessionsTest {
    private static final Duration A_WHILE = Duration.ofMinutes(30);

    @Test
    void retriesAFileThatTheSourceReadsCorrupt() {
        try (var ring = StreamRing.seeded(1)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 4));
            var joiner = ring.start(2);
            ring.disk(source).faults().corruptNextReads(1);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 500));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            var result = finished(events).sessions().get(0);
            assertThat(result.completed()).isTrue();
            assertThat(result.retries()).isEqualTo(1);
            assertThat(result.filesReceived()).isEqualTo(4);
            assertThat(ring.count(Retry.class)).isEqualTo(1);
            assertThat(ring.count(File.class)).isEqualTo(5);
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(20_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void retriesAFileThatTheWireCorrupts() {
        try (var ring = StreamRing.seeded(2)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 2));
            var joiner = ring.start(2);
            ring.noise = chunk -> chunk.offset() > 3_000_000 && ring.count(Retry.class) < 2 ? chunk.corrupted() : chunk;

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(finished(events).sessions().get(0).retries()).isEqualTo(2);
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(40_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void retriesAFileThatTheReceiverWritesCorrupt() {
        try (var ring = StreamRing.seeded(3)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 2));
            var joiner = ring.start(2);
            ring.disk(joiner).faults().corruptNextWrites(1);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(40_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void retriesAreCountedPerSessionNotPerFile() {
        try (var ring = StreamRing.seeded(4)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 2), table(ITEMS, 40_000_000, 3));
            var joiner = ring.start(2);
            ring.disk(source).faults().corruptNextReads(4);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            var result = finished(events).sessions().get(0);
            assertThat(result.completed()).isFalse();
            assertThat(result.failure()).contains("too many retries", "max_streaming_retries is 3");
            assertThat(ring.count(Retry.class)).isEqualTo(3);
            ring.assertNothingOpen();
            assertThat(ring.resultsAt(source).get(0).failure()).contains("n2 says: too many retries");
        }
    }

    @Test
    void theRetriesOfTheTwoEndsAreCountedApart() {
        try (var ring = StreamRing.seeded(4)) {
            var one = ring.start(1, table(ORDERS, 40_000_000, 4));
            var other = ring.start(2, table(ITEMS, 40_000_000, 4));
            ring.disk(one).faults().corruptNextReads(3);
            ring.disk(other).faults().corruptNextReads(3);

            var events = ring.stream(one, "p", move(one, other, 0, 500), move(other, one, 500, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(finished(events).sessions().get(0).retries()).isEqualTo(6);
            ring.assertNothingOpen();
        }
    }

    @Test
    void aRottenSSTableFailsItsSessionAndLeavesNoTrace() {
        try (var ring = StreamRing.seeded(5)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 4));
            var joiner = ring.start(2, table(ORDERS, 77, 1));
            ring.disk(source).faults().rot(ORDERS, "nb-3-big-Data.db");

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isFalse();
            assertThat(finished(events).sessions().get(0).done()).isEmpty();
            assertThat(ring.disk(joiner).used()).isEqualTo(77);
            ring.assertNothingOpen();
        }
    }

    @Test
    void oneFailedSessionDoesNotStopTheOthersOfThePlan() {
        try (var ring = StreamRing.seeded(6)) {
            var good = ring.start(1, table(ORDERS, 900_000_000, 4));
            var bad = ring.start(2, table(ORDERS, 40_000_000, 4));
            var joiner = ring.start(3);
            ring.disk(bad).faults().rot(ORDERS, "nb-1-big-Data.db");

            var events = ring.stream(joiner, "p", move(good, joiner, 0, 500), move(bad, joiner, 500, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            var sessions = finished(events).sessions();
            assertThat(sessions).extracting(SessionResult::peer).containsExactly(bad, good);
            assertThat(sessions).extracting(SessionResult::completed).containsExactly(false, true);
            assertThat(sessions.get(1).done()).containsExactly(move(good, joiner, 0, 500));
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(450_000_000);
            ring.assertNothingOpen();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatCrashesFailsTheSession(boolean sourceCrashes) {
        try (var ring = StreamRing.seeded(7)) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));
            assertThat(ring.disk(joiner).temporaries()).isPositive();

            ring.crash(sourceCrashes ? source : joiner);

            var survivor = sourceCrashes ? joiner : source;
            assertThat(ring.simulation.runUntil(() -> !ring.resultsAt(survivor).isEmpty(), A_WHILE))
                    .isTrue();
            assertThat(ring.resultsAt(survivor).get(0).completed()).isFalse();
            ring.assertNothingOpen();
            if (!sourceCrashes) {
                ring.restart(joiner);
                ring.settle();
                assertThat(ring.disk(joiner).used()).isZero();
            }
            assertThat(StreamRing.isFinished(events)).isEqualTo(sourceCrashes);
        }
    }

    @Test
    void aPeerThatRestartedKnowsNothingOfTheSession() {
        try (var ring = StreamRing.seeded(8)) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));

            ring.crash(source);
            ring.restart(source);

            assertThat(ring.runUntilFinished(events, Duration.ofMinutes(10))).isTrue();
            assertThat(finished(events).succeeded()).isFalse();
            ring.assertNothingOpen();
        }
    }

    @Test
    void aPeerThatIsNotThereFailsTheSession() {
        try (var ring = StreamRing.seeded(9)) {
            var joiner = ring.start(2);

            var events = ring.stream(joiner, "p", move(StreamRing.node(1), joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, A_WHILE)).isTrue();
            assertThat(finished(events).sessions().get(0).failure()).contains("connection with n1 lost");
            ring.assertNothingOpen();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartitionOneWayFailsTheSessionAtBothEnds(boolean towardsJoiner) {
        try (var ring = StreamRing.seeded(10)) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));

            ring.network.partition(
                    towardsJoiner
                            ? LinkSet.oneWay(List.of(source), List.of(joiner))
                            : LinkSet.oneWay(List.of(joiner), List.of(source)));

            assertThat(ring.simulation.runUntil(
                            () -> StreamRing.isFinished(events)
                                    && !ring.resultsAt(source).isEmpty(),
                            Duration.ofHours(2)))
                    .isTrue();
            assertThat(finished(events).succeeded()).isFalse();
            assertThat(ring.resultsAt(source).get(0).completed()).isFalse();
            ring.assertNothingOpen();
        }
    }

    @Test
    void aShortPartitionOnlyCostsTime() {
        try (var ring = StreamRing.seeded(11)) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));

            ring.network
                    .partition(LinkSet.between(List.of(source), List.of(joiner)))
                    .during(Duration.ofSeconds(20));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(900_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void aPeerThatIsHeldForTooLongIsGivenUp() {
        var settings = StreamingSettings.profile21()
                .with(new StreamingSettings.Patience(
                        Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(12)));
        try (var ring = new StreamRing(12, settings, StorageSettings.defaults())) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));

            ring.network.hold(LinkSet.all());

            assertThat(ring.runUntilFinished(events, Duration.ofMinutes(16))).isTrue();
            assertThat(finished(events).sessions().get(0).failure())
                    .contains("nothing heard for PT10M", "streaming_socket_timeout_in_ms");
            ring.assertNothingOpen();
        }
    }

    @Test
    void aSessionThatDoesNotMoveIsGivenUpThoughThePeerIsThere() {
        var settings = StreamingSettings.profile21()
                .with(new StreamingSettings.Patience(Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofHours(2)));
        try (var ring = new StreamRing(13, settings, StorageSettings.defaults())) {
            var source = ring.start(1, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(2);
            ring.disk(source).faults().slowDown(1e7);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, Duration.ofHours(3))).isTrue();
            assertThat(finished(events).sessions().get(0).failure())
                    .contains("no progress for PT2H", "stream_transfer_task_timeout");
            ring.assertNothingOpen();
        }
    }

    @Test
    void aFullDiskFailsTheSessionAtBothEndsAndIsGivenBack() {
        var storage = StorageSettings.defaults().withCapacity(100_000_000);
        try (var ring = new StreamRing(14, StreamingSettings.profile21(), storage)) {
            var source = ring.start(1, table(ORDERS, 300_000_000, 4));
            var joiner = ring.start(2, table(ORDERS, 50_000_000, 1));

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).sessions().get(0).failure()).contains("No space left on device");
            assertThat(ring.count(Retry.class)).isZero();
            ring.assertNothingOpen();
            assertThat(ring.resultsAt(source).get(0).failure()).contains("n2 says: cannot write");
            assertThat(ring.disk(joiner).used()).isEqualTo(50_000_000);
        }
    }

    @Test
    void aCancelledPlanFailsEachOfItsSessionsAtBothEnds() {
        try (var ring = StreamRing.seeded(15)) {
            var one = ring.start(1, table(ORDERS, 900_000_000, 4));
            var other = ring.start(2, table(ORDERS, 900_000_000, 4));
            var joiner = ring.start(3);
            var events = ring.stream(joiner, "p", move(one, joiner, 0, 500), move(other, joiner, 500, 1000));
            ring.simulation.runFor(Duration.ofSeconds(15));

            ring.tell(joiner, new RangeStreamer.Cancel("p", "the operator said so"));
            ring.tell(joiner, new RangeStreamer.Cancel("another", "of which there is none"));
            ring.settle();

            assertThat(finished(events).sessions())
                    .extracting(SessionResult::failure)
                    .containsExactly("cancelled: the operator said so", "cancelled: the operator said so");
            assertThat(ring.resultsAt(one).get(0).failure()).contains("n3 says: cancelled");
            assertThat(ring.disk(joiner).used()).isZero();
            ring.assertNothingOpen();
        }
    }

    @Test
    void aPlanThatIsStreamedAgainFetchesWhatIsMissing() {
        try (var ring = StreamRing.seeded(16)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 4));
            var joiner = ring.start(2);
            ring.disk(source).faults().corruptNextReads(9);
            var failed = ring.stream(joiner, "p-1", move(source, joiner, 0, 1000));
            ring.runUntilFinished(failed, AN_HOUR);
            ring.disk(source).faults().corruptNextReads(0);

            var again = ring.stream(joiner, "p-2", move(source, joiner, 0, 1000));

            assertThat(ring.runUntilFinished(again, AN_HOUR)).isTrue();
            assertThat(finished(failed).succeeded()).isFalse();
            assertThat(finished(again).succeeded()).isTrue();
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(40_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void aStrangersMessageIsAnsweredOnce() {
        try (var ring = StreamRing.seeded(17)) {
            var node = ring.start(1);
            var stranger = StreamRing.node(9);
            var heard = ring.eavesdrop(stranger);
            var session = new SessionId("gone", stranger, 0);

            ring.network.send(stranger, node, Wire.CHANNEL, new Chunk(session, ORDERS, 0, 0, 10, 0, Bytes.EMPTY));
            ring.network.send(stranger, node, Wire.CHANNEL, new SessionFailed(session, "over"));
            ring.network.send(stranger, node, Wire.CHANNEL, new StreamMessage.StreamInit(session, "Bootstrap", false));
            ring.settle();

            assertThat(heard)
                    .containsExactly(
                            new SessionFailed(session, "n1 has no such session (any more)"),
                            new SessionFailed(session, "n1 has no such session (any more)"));
            assertThat(ring.sessions(node)).isZero();
        }
    }
}
