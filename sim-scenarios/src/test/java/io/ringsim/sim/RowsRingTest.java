package io.ringsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.TableId;
import io.ringsim.node.Mode;
import io.ringsim.operation.Operation;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.Coverage;
import io.ringsim.streaming.StreamingSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings of real rows. */
class RowsRingTest {
    private static final Invariant[] AT_REST = {
        Invariant.viewsAgree(),
        Invariant.replicasHoldTheirRanges(),
        Invariant.sessionsAgree(),
        Invariant.operationsLeaveTheRingAsAnnounced(),
        Invariant.nothingLeaks()
    };
    private static final Duration HOURS = Duration.ofHours(3);
    private static final long SLOW = 50 << 10;

    private static SimulatedRing ring(long seed) {
        return SimulatedRing.of(5).rows(600, 512).seed(seed).start();
    }

    /** A ring in which a bootstrap takes a while. */
    private static SimulatedRing slowRing(long seed) {
        var streaming = StreamingSettings.profile21().withThroughput(SLOW, SLOW);
        return SimulatedRing.of(5)
                .rows(600, 512)
                .seed(seed)
                .settings(RingSettings.defaults().with(streaming))
                .start();
    }

    private static void settle(SimulatedRing ring) {
        ring.runFor(Duration.ofMinutes(2));
        ring.nodes()
                .forEach(node -> assertThat(((RowsNodeDisk) node.disk()).unfinishedFiles())
                        .as(node.toString())
                        .isEmpty());
    }

    @Test
    void aNodeLacksTheRowsOfOtherReplicas() {
        try (var ring = ring(1)) {
            var minimum = ring.design().partitioner().minimum();
            var all = Coverage.of(List.of(new TokenRange(minimum, minimum)));

            assertThat(ring.node("n1").disk().lacks(new TableId("ks", "t"), all))
                    .get()
                    .asString()
                    .contains(" of its 600 rows of ks.t");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeJoinsWithItsRows(long seed) {
        try (var ring = ring(seed)) {
            ring.expect(Invariant.replicasHoldTheirRanges(), Invariant.onlyReplicasHoldData());
            var joining = ring.add("n6").bootstrap();

            assertThat(ring.runUntil(joining::isDone, HOURS)).isTrue();

            assertThat(joining.outcome()).get().isInstanceOf(Operation.Completed.class);
            assertThat(ring.node("n6").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.node("n6").disk().bytes()).isPositive();
            settle(ring);
            ring.expect(AT_REST);
            assertThat(Invariant.onlyReplicasHoldData().violations(ring)).isNotEmpty();
            ring.nodes().forEach(SimulatedNode::cleanUp);
            ring.expect(Invariant.onlyReplicasHoldData());
            ring.expect(AT_REST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeLeavesAfterGivingItsRowsAway(long seed) {
        try (var ring = ring(seed)) {
            var leaving = ring.node("n2").decommission();

            assertThat(ring.runUntil(leaving::isDone, HOURS)).isTrue();

            assertThat(leaving.outcome()).get().isInstanceOf(Operation.Completed.class);
            settle(ring);
            ring.expect(AT_REST);
            ring.expect(Invariant.onlyReplicasHoldData());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeThatLostPowerWhileItJoinedIsResumed(long seed) {
        try (var ring = slowRing(seed)) {
            var node = ring.add("n6");
            var first = node.bootstrap();
            ring.runUntil(() -> first.progress().bytes() > 20_000, HOURS);
            node.crash();
            assertThat(first.outcome()).get().isInstanceOf(Operation.Failed.class);
            ring.runFor(Duration.ofMinutes(1));

            node.restart();
            ring.runFor(Duration.ofMinutes(1));
            var second = node.bootstrap();
            ring.runUntil(second::isDone, HOURS);

            assertThat(second.outcome()).get().isInstanceOf(Operation.Completed.class);
            settle(ring);
            ring.expect(AT_REST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSourceThatLostPowerServesWhatItHadWhenItIsBack(long seed) {
        try (var ring = slowRing(seed)) {
            var node = ring.add("n6");
            var first = node.bootstrap();
            ring.runUntil(() -> first.progress().bytes() > 20_000, HOURS);
            var source = ring.node("n1");
            source.crash();
            ring.runUntil(first::isDone, HOURS);
            source.restart();
            ring.runFor(Duration.ofMinutes(1));

            var second = node.bootstrap();
            ring.runUntil(second::isDone, HOURS);

            assertThat(node.mode()).isEqualTo(Mode.NORMAL);
            settle(ring);
            ring.expect(AT_REST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void corruptFilesFailTheirSessionsAndQuarantineTheTable(long seed) {
        try (var ring = ring(seed)) {
            var names = List.of("n1", "n2", "n3", "n4", "n5");
            names.forEach(name -> ring.node(name).disk().corruptFiles(3));

            var joining = ring.add("n6").bootstrap();
            ring.runUntil(joining::isDone, HOURS);

            assertThat(joining.outcome())
                    .get()
                    .isInstanceOfSatisfying(
                            Operation.Failed.class,
                            failed -> assertThat(failed.reason()).contains("cannot"));
            settle(ring);
            assertThat(ring.streams().entries())
                    .isNotEmpty()
                    .noneMatch(entry -> entry.result().completed());
            assertThat(names.stream()
                            .filter(name -> ((RowsNodeDisk) ring.node(name).disk()).isQuarantined()))
                    .isNotEmpty();
            ring.expect(
                    Invariant.viewsAgree(),
                    Invariant.sessionsAgree(),
                    Invariant.operationsLeaveTheRingAsAnnounced(),
                    Invariant.nothingLeaks());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFullDiskFailsABootstrapWithoutATraceUntilThereIsSpaceAgain(long seed) {
        try (var ring = slowRing(seed)) {
            var node = ring.add("n6");
            var first = node.bootstrap();
            ring.runUntil(() -> first.progress().bytes() > 20_000, HOURS);
            node.disk().full(true);
            ring.runUntil(first::isDone, HOURS);
            assertThat(first.outcome())
                    .get()
                    .isInstanceOfSatisfying(
                            Operation.Failed.class,
                            failed -> assertThat(failed.reason()).contains("space"));
            settle(ring);
            ring.expect(Invariant.sessionsAgree(), Invariant.nothingLeaks(), Invariant.viewsAgree());

            node.disk().full(false);
            var second = node.bootstrap();
            ring.runUntil(second::isDone, HOURS);

            assertThat(second.outcome()).get().isInstanceOf(Operation.Completed.class);
            settle(ring);
            ring.expect(AT_REST);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(traceOf(7)).isEqualTo(traceOf(7)).isNotEqualTo(traceOf(8));
    }

    private static long traceOf(long seed) {
        try (var ring = ring(seed)) {
            var joining = ring.add("n6").bootstrap();
            ring.runUntil(joining::isDone, HOURS);
            return ring.simulation().trace().hash();
        }
    }

    @Test
    void aSlowDiskTakesLonger() {
        assertThat(timeToJoin(1_000)).isGreaterThan(timeToJoin(1).plusSeconds(1));
    }

    private static Duration timeToJoin(double slowdown) {
        try (var ring = ring(1)) {
            var node = ring.add("n6");
            ring.runFor(Duration.ofSeconds(10));
            node.disk().slowDown(slowdown);
            var began = ring.now();
            var joining = node.bootstrap();
            assertThat(ring.runUntil(joining::isDone, HOURS)).isTrue();
            assertThat(joining.outcome()).get().isInstanceOf(Operation.Completed.class);
            return ring.now().minus(began);
        }
    }
}
