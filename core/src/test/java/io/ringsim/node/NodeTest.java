package io.ringsim.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.operation.Operation;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.runtime.VirtualClock;
import io.ringsim.spi.NodeRecord.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest {
    private static final Duration RING_DELAY = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bootstrapsStepByStep(long seed) {
        try (var ring = new SmallRing(seed, 2)) {
            ring.members(3);
            ring.start("n4");

            var outcomes = ring.bootstrap("n4", 250);
            assertThat(ring.state("n4").mode()).isEqualTo(Mode.JOINING);
            assertThat(ring.state("n1").surroundings().view().joining()).containsKey(new NodeId("n4"));
            assertThat(ring.streams.asked()).isEmpty();
            ring.runFor(RING_DELAY);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n4").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.streams.asked()).hasSize(1);
            for (var name : List.of("n1", "n2", "n3", "n4")) {
                assertThat(ring.state(name).surroundings().view().ring().nodes())
                        .hasSize(4);
            }
        }
    }

    @Test
    void namesItsStepsAsCassandrasLogDoes() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");
            ring.heard.clear();

            ring.bootstrap("n4", 250);
            ring.runFor(RING_DELAY);

            assertThat(ring.heard)
                    .containsExactly(
                            "n4 JOINING: waiting for ring information",
                            "n4 JOINING: sleeping 30000 ms for pending range setup",
                            "n4 JOINING",
                            "n4 JOINING: Starting to bootstrap...",
                            "n4 NORMAL",
                            "n4 NORMAL: bootstrap completed");
        }
    }

    @Test
    void takesTheRangeFromTheReplicaThatLosesIt() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");

            ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);

            assertThat(ring.streams.asked().get(0).transfers())
                    .extracting(transfer -> transfer.range() + " from " + transfer.from())
                    .containsExactlyInAnyOrder("(100, 150] from n1", "(0, 100] from n3");
        }
    }

    @Test
    void staysJoiningWhenASessionFailsAndResumesWithWhatIsMissing() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");
            ring.streams.failing().add(new NodeId("n1"));

            var first = ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);
            assertThat(first).singleElement().isInstanceOf(Operation.Failed.class);
            assertThat(ring.state("n4").mode()).isEqualTo(Mode.JOINING);
            assertThat(ring.state("n1").surroundings().view().ring().nodes()).hasSize(3);

            ring.streams.failing().clear();
            var second = ring.bootstrap("n4", 150);
            ring.runFor(Duration.ofSeconds(1));
            assertThat(second).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.streams.asked().get(1).transfers())
                    .extracting(transfer -> transfer.from().value())
                    .containsExactly("n1");
            assertThat(ring.state("n2").surroundings().view().ring().nodes()).hasSize(4);
        }
    }

    @Test
    void resumesAfterItsOwnCrashWithTheSameTokens() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");
            ring.streams.failing().add(new NodeId("n1"));
            ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);
            ring.crash("n4");
            ring.streams.failing().clear();

            ring.start("n4");
            var outcomes = ring.bootstrap("n4", 999);
            ring.runFor(RING_DELAY);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n4").record().tokens()).isEqualTo(SmallRing.tokens(150));
            assertThat(ring.streams.asked().get(1).transfers()).hasSize(1);
        }
    }

    @Test
    void refusesToJoinWhileAnotherNodeMoves() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");
            ring.start("n5");
            ring.bootstrap("n4", 150);

            var outcomes = ring.bootstrap("n5", 250);

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Operation.Refused.class,
                            refused -> assertThat(refused.reason()).contains("n4"));
            assertThat(ring.state("n5").mode()).isEqualTo(Mode.STARTING);
            assertThat(ring.disk("n5").record().stage()).isEqualTo(Stage.NEEDS_BOOTSTRAP);
        }
    }

    @Test
    void failsWhenNobodyAnswersWithinTheRingDelay() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.membership.cutOff(new NodeId("n4"));
            ring.start("n4");

            var outcomes = ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);

            assertThat(outcomes)
                    .singleElement()
                    .isEqualTo(new Operation.Failed("Unable to contact any seeds!", List.of()));
        }
    }

    @Test
    void failsWithoutSchemaAgreement() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4", List.of(new Keyspace("other", strategy(1))));

            var outcomes = ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Operation.Failed.class,
                            failed -> assertThat(failed.reason()).contains("schema agreement", "n1", "n2", "n3"));
        }
    }

    @Test
    void failsWhenTheStrictSourceIsDown() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            ring.start("n4");
            ring.crash("n3");

            var outcomes = ring.bootstrap("n4", 150);
            ring.runFor(RING_DELAY);

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Operation.Failed.class,
                            failed -> assertThat(failed.reason()).contains("n3"));
            assertThat(ring.state("n4").mode()).isEqualTo(Mode.JOINING);
        }
    }

    @Test
    void decommissionsAndStaysOut() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(4);

            var outcomes = ring.decommission("n2", false);
            assertThat(ring.state("n2").mode()).isEqualTo(Mode.LEAVING);
            assertThat(ring.state("n1").surroundings().view().leaving()).containsExactly(new NodeId("n2"));
            ring.runFor(RING_DELAY.multipliedBy(2));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n2").mode()).isEqualTo(Mode.DECOMMISSIONED);
            assertThat(ring.state("n1").surroundings().view().ring().nodes()).hasSize(3);
            ring.crash("n2");
            ring.start("n2");
            assertThat(ring.state("n2").mode()).isEqualTo(Mode.DECOMMISSIONED);
            assertThat(ring.bootstrap("n2", 7)).singleElement().isInstanceOf(Operation.Refused.class);
        }
    }

    @Test
    void staysLeavingWhenASessionFailsAndSendsTheRestLater() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(4);
            ring.streams.failing().add(new NodeId("n3"));

            var first = ring.decommission("n2", false);
            ring.runFor(RING_DELAY);
            assertThat(first).singleElement().isInstanceOf(Operation.Failed.class);
            assertThat(ring.state("n2").mode()).isEqualTo(Mode.LEAVING);
            assertThat(ring.state("n4").surroundings().view().ring().nodes()).hasSize(4);

            ring.streams.failing().clear();
            var second = ring.decommission("n2", false);
            ring.runFor(RING_DELAY.multipliedBy(2));
            assertThat(second).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.streams.asked().get(1).transfers())
                    .allSatisfy(transfer -> assertThat(transfer.to()).isEqualTo(new NodeId("n3")));
        }
    }

    @Test
    void refusesToLeaveFewerNodesThanReplicas() {
        try (var ring = new SmallRing(1, 3)) {
            ring.members(3);

            var refused = ring.decommission("n2", false);
            assertThat(refused).singleElement().isInstanceOf(Operation.Refused.class);
            assertThat(ring.state("n2").mode()).isEqualTo(Mode.NORMAL);

            var forced = ring.decommission("n2", true);
            ring.runFor(RING_DELAY.multipliedBy(2));
            assertThat(forced).singleElement().isInstanceOf(Operation.Completed.class);
        }
    }

    @Test
    void runsOneOperationAtATime() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(4);
            ring.decommission("n2", false);

            assertThat(ring.decommission("n2", false))
                    .singleElement()
                    .isEqualTo(new Operation.Refused("n2 is busy with its decommission"));
        }
    }

    @Test
    void startsAsTheMemberItWas() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(3);
            int firstStart = ring.state("n3").record().generation();
            assertThat(firstStart).isEqualTo((int) VirtualClock.EPOCH.getEpochSecond());
            ring.crash("n3");
            assertThat(ring.state("n1").surroundings().up()).containsExactly(new NodeId("n2"));

            ring.start("n3");

            assertThat(ring.state("n3").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.state("n3").record().generation()).isEqualTo(firstStart + 1);
            assertThat(ring.state("n1").surroundings().up()).contains(new NodeId("n3"));
        }
    }

    private static ReplicationStrategy strategy(int factor) {
        return ReplicationStrategy.of("SimpleStrategy", new TreeMap<>(Map.of("replication_factor", "" + factor)));
    }
}
