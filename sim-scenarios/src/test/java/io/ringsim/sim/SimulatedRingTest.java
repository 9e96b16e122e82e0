package io.ringsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.node.Mode;
import io.ringsim.operation.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedRingTest {
    private static final Invariant[] AT_REST = {
        Invariant.viewsAgree(),
        Invariant.replicasHoldTheirRanges(),
        Invariant.sessionsAgree(),
        Invariant.operationsLeaveTheRingAsAnnounced(),
        Invariant.nothingLeaks()
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeJoinsWithItsData(long seed) {
        try (var ring = SimulatedRing.of(5).data(100L << 20, 4).seed(seed).start()) {
            var joining = ring.add("n6").bootstrap();

            assertThat(ring.runUntil(joining::isDone, Duration.ofHours(1))).isTrue();

            assertThat(joining.outcome()).get().isInstanceOf(Operation.Completed.class);
            assertThat(ring.node("n6").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.node("n6").disk().bytes()).isPositive();
            ring.runFor(Duration.ofSeconds(30));
            ring.expect(AT_REST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNodeLeavesAfterGivingItsDataAway(long seed) {
        try (var ring = SimulatedRing.of(5).data(100L << 20, 4).seed(seed).start()) {
            var leaving = ring.node("n2").decommission();

            assertThat(ring.runUntil(leaving::isDone, Duration.ofHours(1))).isTrue();

            assertThat(leaving.outcome()).get().isInstanceOf(Operation.Completed.class);
            assertThat(ring.node("n2").mode()).isEqualTo(Mode.DECOMMISSIONED);
            ring.runFor(Duration.ofSeconds(30));
            ring.expect(AT_REST);
        }
    }

    @Test
    void aFailedBootstrapLeavesTheRingAsItWasAndIsResumed() {
        try (var ring = SimulatedRing.of(5).data(100L << 20, 4).seed(1).start()) {
            var node = ring.add("n6");
            var first = node.bootstrap();
            ring.runUntil(() -> first.progress().bytes() > 0, Duration.ofHours(1));
            ring.node("n2").crash();
            ring.runUntil(first::isDone, Duration.ofHours(3));
            assertThat(first.outcome()).get().isInstanceOf(Operation.Failed.class);
            assertThat(node.mode()).isEqualTo(Mode.JOINING);

            ring.node("n2").restart();
            ring.runFor(Duration.ofSeconds(60));
            var second = node.bootstrap();
            ring.runUntil(second::isDone, Duration.ofHours(1));

            assertThat(second.outcome()).get().isInstanceOf(Operation.Completed.class);
            ring.runFor(Duration.ofSeconds(30));
            ring.expect(AT_REST);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(traceOf(7)).isEqualTo(traceOf(7)).isNotEqualTo(traceOf(8));
    }

    private static long traceOf(long seed) {
        try (var ring = SimulatedRing.of(4).data(20L << 20, 2).seed(seed).start()) {
            var joining = ring.add("n5").bootstrap();
            ring.runUntil(joining::isDone, Duration.ofHours(1));
            return ring.simulation().trace().hash();
        }
    }
}
