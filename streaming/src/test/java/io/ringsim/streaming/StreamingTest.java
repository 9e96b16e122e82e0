package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.AN_HOUR;
import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.range;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Direction;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.SizeModel;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Prepare;
import io.ringsim.streaming.StreamMessage.StreamInit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions in which nothing fails. */
class StreamingTest {
    @Test
    void fetchesTheRangesItAsksFor() {
        try (var ring = StreamRing.seeded(1)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 4), table(ITEMS, 1_000_000, 1));
            var joiner = ring.start(2);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 250), move(source, joiner, 500, 750));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            var result = finished(events).sessions().get(0);
            assertThat(result.completed()).isTrue();
            assertThat(result.filesReceived()).isEqualTo(5);
            assertThat(result.done()).hasSize(2);
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(20_500_000);
            assertThat(ring.disk(joiner).store().table(ITEMS).bytes()).isEqualTo(500_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void sendsTheRangesItGivesAway() {
        try (var ring = StreamRing.seeded(2)) {
            var leaver = ring.start(1, table(ORDERS, 40_000_000, 4));
            var heir = ring.start(2, table(ORDERS, 7_000, 1));

            var events = ring.stream(leaver, "p", move(leaver, heir, 0, 500));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(ring.disk(heir).store().bytes()).isEqualTo(20_007_000);
            assertThat(ring.disk(leaver).store().bytes()).isEqualTo(40_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void bothEndsOfASessionSendAndReceiveInIt() {
        try (var ring = StreamRing.seeded(3)) {
            var one = ring.start(1, table(ORDERS, 12_000_000, 3));
            var other = ring.start(2, table(ORDERS, 20_000_000, 2), table(ITEMS, 30_000, 1));

            var events = ring.stream(one, "p", move(one, other, 0, 500), move(other, one, 500, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).sessions()).hasSize(1);
            assertThat(ring.disk(one).store().bytes()).isEqualTo(12_000_000 + 10_000_000 + 15_000);
            assertThat(ring.disk(other).store().bytes()).isEqualTo(20_030_000 + 6_000_000);
            ring.settle();
            var here = ring.resultsAt(one).get(0);
            var there = ring.resultsAt(other).get(0);
            assertThat(there.bytesSent()).isEqualTo(here.bytesReceived());
            assertThat(there.bytesReceived()).isEqualTo(here.bytesSent());
            assertThat(there.filesSent()).isEqualTo(here.filesReceived()).isEqualTo(3);
            assertThat(ring.count(Complete.class)).isEqualTo(2);
            ring.assertNothingOpen();
        }
    }

    @Test
    void whatIsStreamedIsWhatTheSizesSay() {
        try (var ring = StreamRing.seeded(4)) {
            var source = ring.start(1, table(ORDERS, 123_456_789, 7));
            var joiner = ring.start(2);
            var planned = ring.disk(source)
                    .store()
                    .filesFor("shop", List.of(range(10, 33), range(700, 2000)), SizeModel.defaults());

            var events = ring.stream(joiner, "p", move(source, joiner, 10, 33), move(source, joiner, 700, 2000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).sessions().get(0).bytesReceived())
                    .isEqualTo(planned.stream().mapToLong(file -> file.bytes()).sum());
        }
    }

    @Test
    void anSSTableThatIsWhollyAskedForGoesAsItIsWhereThatIsAllowed() {
        var storage = StorageSettings.defaults().with(SizeModel.defaults().withEntireSSTables(true));
        try (var ring = new StreamRing(4, StreamingSettings.profile41(), storage)) {
            var source = ring.start(1, table(ORDERS, 8_000_000, 2), table(ITEMS, 300_000, 1));
            var joiner = ring.start(2);

            var events = ring.stream(joiner, "p", move(source, joiner, -100, 2000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            var result = finished(events).sessions().get(0);
            assertThat(result.filesReceived()).isEqualTo(3 * 7);
            assertThat(result.bytesReceived()).isEqualTo(8_300_000);
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(8_300_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void anOfferOfNothingCompletesWithoutAWord() {
        try (var ring = StreamRing.seeded(5)) {
            var leaver = ring.start(1, table(ORDERS, 1_000_000, 1));
            var heir = ring.start(2);

            var events = ring.stream(leaver, "p", move(leaver, heir, 5_000, 6_000));
            ring.settle();

            assertThat(finished(events).succeeded()).isTrue();
            assertThat(finished(events).sessions().get(0).done()).hasSize(1);
            assertThat(ring.wire).isEmpty();
        }
    }

    @Test
    void aPlanWithoutTransfersIsFinishedAtOnce() {
        try (var ring = StreamRing.seeded(6)) {
            var node = ring.start(1);

            var events = ring.stream(node, "p");
            ring.settle();

            assertThat(events).containsExactly(new RangeStreamer.Finished("p", List.of()));
        }
    }

    @Test
    void aRequestForNothingCompletesAtBothEnds() {
        try (var ring = StreamRing.seeded(7)) {
            var source = ring.start(1);
            var joiner = ring.start(2);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 500));
            ring.settle();

            assertThat(finished(events).succeeded()).isTrue();
            assertThat(ring.resultsAt(source))
                    .extracting(SessionResult::completed)
                    .containsExactly(true);
            ring.assertNothingOpen();
        }
    }

    @Test
    void theInitiatorOpensTwoConnectionsAndSaysWhatEachIsFor() {
        try (var ring = StreamRing.seeded(8)) {
            var source = ring.start(1, table(ORDERS, 1_000_000, 1));
            var joiner = ring.start(2);

            ring.stream(joiner, "p", move(source, joiner, 0, 500));
            ring.settle();

            assertThat(ring.wire.get(0)).isInstanceOfSatisfying(StreamInit.class, init -> {
                assertThat(init.forOutgoing()).isTrue();
                assertThat(init.operation()).isEqualTo("Bootstrap");
            });
            assertThat(ring.wire.get(1))
                    .isInstanceOfSatisfying(
                            StreamInit.class,
                            init -> assertThat(init.forOutgoing()).isFalse());
            assertThat(ring.wire.get(2)).isInstanceOf(Prepare.class);
            assertThat(ring.count(Prepare.class)).isEqualTo(2);
        }
    }

    @Test
    void withoutRequestsNobodyAnswersPrepare() {
        try (var ring = StreamRing.seeded(9)) {
            var leaver = ring.start(1, table(ORDERS, 1_000_000, 1));
            var heir = ring.start(2);

            ring.stream(leaver, "p", move(leaver, heir, 0, 500));
            ring.settle();

            assertThat(ring.count(Prepare.class)).isEqualTo(1);
        }
    }

    @Test
    void severalSessionsWithEachPeerShareTheRanges() {
        var settings = StreamingSettings.profile21().withConnectionsPerHost(3);
        try (var ring = new StreamRing(10, settings, StorageSettings.defaults())) {
            var one = ring.start(1, table(ORDERS, 10_000_000, 2));
            var other = ring.start(2, table(ORDERS, 10_000_000, 2));
            var joiner = ring.start(3);

            var events = ring.stream(
                    joiner,
                    "p",
                    move(one, joiner, 0, 100),
                    move(one, joiner, 100, 200),
                    move(one, joiner, 200, 300),
                    move(one, joiner, 300, 400),
                    move(other, joiner, 900, 1000));

            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(finished(events).sessions()).hasSize(4);
            assertThat(finished(events).sessions().stream().flatMap(session -> session.done().stream()))
                    .hasSize(5);
            assertThat(ring.disk(joiner).store().bytes()).isEqualTo(5_000_000);
            ring.assertNothingOpen();
        }
    }

    @Test
    void tellsWhatWillMoveThenHowFarItIsAndNeverTooEarlyThatItIsDone() {
        try (var ring = StreamRing.seeded(11)) {
            var source = ring.start(1, table(ORDERS, 800_000_000, 2));
            var joiner = ring.start(2);

            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            ring.runUntilFinished(events, AN_HOUR);

            var prepared = (Prepared) events.get(0);
            assertThat(prepared.filesToReceive()).isEqualTo(2);
            assertThat(prepared.bytesToReceive()).isEqualTo(784_800_000);
            var progress = events.stream()
                    .filter(Progress.class::isInstance)
                    .map(Progress.class::cast)
                    .filter(event -> event.file().equals("shop/orders-0"))
                    .toList();
            assertThat(progress).hasSizeBetween(10, 101);
            assertThat(progress).allMatch(event -> event.direction() == Direction.RECEIVED);
            assertThat(progress).extracting(Progress::bytes).isSorted().doesNotHaveDuplicates();
            assertThat(progress.stream().filter(event -> event.bytes() == event.total()))
                    .hasSize(1);
            assertThat(ring.seen.get(source))
                    .anyMatch(event ->
                            event instanceof Progress sent && sent.file().equals("shop/orders/nb-1-big-Data.db"));
        }
    }

    @Test
    void allSessionsOfANodeShareItsThroughput() {
        var settings = StreamingSettings.profile21().withThroughput(1_000_000, 0);
        try (var ring = new StreamRing(12, settings, StorageSettings.defaults())) {
            var source = ring.start(1, table(ORDERS, 20_000_000, 1));
            var one = ring.start(2);
            var other = ring.start(3);

            var first = ring.stream(one, "p", move(source, one, 0, 500));
            var second = ring.stream(other, "p", move(source, other, 500, 1000));
            var began = ring.simulation.now();
            ring.runUntilFinished(first, AN_HOUR);
            ring.runUntilFinished(second, AN_HOUR);

            var took = ring.simulation.now().minus(began);
            assertThat(took).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(21));
        }
    }

    @Test
    void whatGoesToAnotherDatacenterPassesTwoThrottles() {
        var settings = StreamingSettings.profile21().withThroughput(10_000_000, 1_000_000);
        try (var ring = new StreamRing(13, settings, StorageSettings.defaults())) {
            ring.remote = StreamRing.node(2);
            var source = ring.start(1, table(ORDERS, 20_000_000, 1));
            var far = ring.start(2);
            var near = ring.start(3);

            var slow = ring.stream(far, "p", move(source, far, 0, 500));
            var fast = ring.stream(near, "p", move(source, near, 500, 1000));

            assertThat(ring.runUntilFinished(fast, Duration.ofSeconds(3))).isTrue();
            assertThat(ring.runUntilFinished(slow, Duration.ofSeconds(6))).isFalse();
            assertThat(ring.runUntilFinished(slow, Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void refusesATransferBetweenOthersAndAPlanThatRuns() {
        var one = StreamRing.node(1);
        var transfer = new Transfer("shop", range(0, 1), StreamRing.node(2), StreamRing.node(3));

        assertThatThrownBy(() -> StreamPlan.of(one, List.of(transfer), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not between n1 and another node");
    }
}
