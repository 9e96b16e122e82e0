package io.ringsim.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.spi.NodeRecord.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead member's place is taken: by a node of another name, and by one of its own that lost its directory. */
class ReplaceTest {
    private static final Duration RING_DELAY = Duration.ofSeconds(30);
    private static final Duration REPLACE_DELAY = Duration.ofSeconds(60);
    private static final NodeId N3 = new NodeId("n3");
    private static final NodeId N5 = new NodeId("n5");
    private static final ReplicationStrategy TWICE =
            ReplicationStrategy.of("SimpleStrategy", new TreeMap<>(Map.of("replication_factor", "2")));

    /** Four members of which n3 is dead, and n5, which is none yet. */
    private static SmallRing ringWithADeadMember(long seed) {
        var ring = new SmallRing(seed, 2);
        ring.members(4);
        ring.runFor(Duration.ofSeconds(10));
        ring.crash("n3");
        ring.start("n5");
        return ring;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNodeOfAnotherNameTakesTheDeadOnesPlace(long seed) {
        try (var ring = ringWithADeadMember(seed)) {
            var outcomes = ring.replace("n5", "n3");
            ring.runFor(REPLACE_DELAY.plus(RING_DELAY));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n5").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.disk("n5").record().stage()).isEqualTo(Stage.COMPLETED);
            for (var name : List.of("n1", "n2", "n4", "n5")) {
                assertThat(view(ring, name).ring().tokensOf(N5)).isEqualTo(SmallRing.tokens(200));
                assertThat(view(ring, name).ring().isMember(N3)).isFalse();
                assertThat(view(ring, name).joining()).isEmpty();
            }
            assertThat(ring.membership.endpoint(N3)).isEmpty();
            assertThat(ring.streams.asked().get(0).transfers())
                    .extracting(transfer -> transfer.range() + " from " + transfer.from())
                    .containsExactlyInAnyOrder("(0, 100] from n2", "(100, 200] from n4");
        }
    }

    @Test
    void namesItsStepsAsCassandrasLogDoes() {
        try (var ring = ringWithADeadMember(1)) {
            ring.heard.clear();

            ring.replace("n5", "n3");
            ring.runFor(REPLACE_DELAY.plus(RING_DELAY));

            assertThat(ring.heard)
                    .containsExactly(
                            "n5 JOINING: waiting for ring information",
                            "n5 JOINING: sleeping 60000 ms to be sure that n3 is not alive",
                            "n5 JOINING: Replacing a node with token(s): [200]",
                            "n5 JOINING: sleeping 30000 ms for pending range setup",
                            "n5 JOINING",
                            "n5 JOINING: Starting to bootstrap...",
                            "n5 NORMAL",
                            "n5 NORMAL: replacement of n3 completed");
        }
    }

    @Test
    void aNodeOfAnotherNameGetsTheWritesOfTheDeadOneMeanwhile() {
        try (var ring = ringWithADeadMember(1)) {
            ring.replace("n5", "n3");
            ring.runFor(REPLACE_DELAY.plusSeconds(1));

            var view = view(ring, "n1");
            assertThat(view.replacing()).containsEntry(N5, N3);
            assertThat(view.ring().isMember(N3)).isTrue();
            assertThat(view.writeTargets(TWICE, new Token.LongToken(150))).contains(N3, N5);
            assertThat(ring.streams.asked()).isEmpty();
        }
    }

    @Test
    void aNodeOfTheSameNameTakesItsPlaceAnewAndGetsNoWritesMeanwhile() {
        try (var ring = ringWithADeadMember(1)) {
            ring.loseDisk("n3");
            ring.start("n3");
            ring.heard.clear();

            var outcomes = ring.replace("n3", "n3");
            ring.runFor(Duration.ofSeconds(29));
            var view = view(ring, "n1");
            assertThat(ring.membership.endpoint(N3).orElseThrow().status()).isEqualTo(Status.HIBERNATE);
            assertThat(ring.state("n3").mode()).isEqualTo(Mode.JOINING);
            assertThat(view.ring().tokensOf(N3)).isEqualTo(SmallRing.tokens(200));
            assertThat(view.pendingRanges(TWICE).asMap()).isEmpty();
            assertThat(ring.state("n1").surroundings().up()).doesNotContain(N3);
            ring.runFor(Duration.ofSeconds(2));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n3").mode()).isEqualTo(Mode.NORMAL);
            assertThat(ring.state("n1").surroundings().up()).contains(N3);
            assertThat(view(ring, "n1").ring().tokensOf(N3)).isEqualTo(SmallRing.tokens(200));
            assertThat(ring.streams.asked().get(0).transfers())
                    .extracting(transfer -> transfer.range() + " from " + transfer.from())
                    .containsExactlyInAnyOrder("(0, 100] from n2", "(100, 200] from n4");
            assertThat(ring.heard)
                    .containsExactly(
                            "n3 JOINING: waiting for ring information",
                            "n3 JOINING: sleeping 30000 ms before streaming",
                            "n3 JOINING",
                            "n3 JOINING: Replacing a node with token(s): [200]",
                            "n3 JOINING: Starting to bootstrap...",
                            "n3 NORMAL",
                            "n3 NORMAL: replacement of n3 completed");
        }
    }

    @Test
    void aNodeThatLostItsDirectoryDoesNotJoinUnderItsOldName() {
        try (var ring = ringWithADeadMember(1)) {
            ring.loseDisk("n3");
            ring.start("n3");

            for (var outcomes : List.of(ring.bootstrap("n3", 250), ring.join("n3", 250))) {
                assertThat(outcomes)
                        .singleElement()
                        .isEqualTo(new Operation.Refused("A node with address n3 already exists, cancelling join. Use"
                                + " replace (cassandra.replace_address) if you want to replace this node."));
            }
            assertThat(ring.state("n3").mode()).isEqualTo(Mode.STARTING);
            assertThat(ring.disk("n3").record().stage()).isEqualTo(Stage.NEEDS_BOOTSTRAP);
            assertThat(view(ring, "n1").ring().tokensOf(N3)).isEqualTo(SmallRing.tokens(200));
        }
    }

    @Test
    void aJoinerThatLostItsDirectoryMayBootstrapAgain() {
        try (var ring = ringWithADeadMember(1)) {
            ring.streams.failing().add(new NodeId("n4"));
            ring.bootstrap("n5", 250);
            ring.runFor(RING_DELAY);
            ring.crash("n5");
            ring.loseDisk("n5");
            ring.streams.failing().clear();

            ring.start("n5");
            var outcomes = ring.bootstrap("n5", 260);
            ring.runFor(RING_DELAY);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(view(ring, "n1").ring().tokensOf(N5)).isEqualTo(SmallRing.tokens(260));
        }
    }

    @Test
    void aLiveNodeIsNotReplaced() {
        try (var ring = ringWithADeadMember(1)) {
            var outcomes = ring.replace("n5", "n2");
            ring.runFor(REPLACE_DELAY);

            assertThat(outcomes)
                    .singleElement()
                    .isEqualTo(
                            new Operation.Refused("Cannot replace a live node: n2 is alive; decommission it instead"));
            assertThat(ring.state("n5").mode()).isEqualTo(Mode.STARTING);
        }
    }

    @Test
    void aNodeThatComesBackInTimeIsNotReplaced() {
        try (var ring = ringWithADeadMember(1)) {
            var outcomes = ring.replace("n5", "n3");
            ring.runFor(REPLACE_DELAY.minusSeconds(1));
            ring.start("n3");
            ring.runFor(Duration.ofSeconds(2));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Refused.class);
            assertThat(view(ring, "n1").ring().nodes()).hasSize(4);
        }
    }

    @Test
    void nobodyIsReplacedWhomTheRingDoesNotKnow() {
        try (var ring = ringWithADeadMember(1)) {
            for (var dead : List.of("n9", "n5")) {
                assertThat(ring.replace("n5", dead))
                        .singleElement()
                        .isEqualTo(new Operation.Refused(
                                "Cannot replace " + dead + " because it is not a member of the ring"));
            }
        }
    }

    @Test
    void aMemberReplacesNobody() {
        try (var ring = ringWithADeadMember(1)) {
            assertThat(ring.replace("n1", "n3"))
                    .singleElement()
                    .isEqualTo(
                            new Operation.Refused("Cannot replace address with a node that is already bootstrapped"));
        }
    }

    @Test
    void aDeadNodeIsReplacedOnce() {
        try (var ring = ringWithADeadMember(1)) {
            ring.start("n6");
            ring.replace("n5", "n3");
            ring.runFor(Duration.ofSeconds(1));
            var second = ring.replace("n6", "n3");
            ring.runFor(REPLACE_DELAY);

            assertThat(second).singleElement().isEqualTo(new Operation.Refused("n5 is replacing n3 already"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n3", "n5"})
    void staysJoiningWhenASessionFailsAndResumesWithWhatIsMissing(String name) {
        try (var ring = ringWithADeadMember(1)) {
            startAnew(ring, name);
            ring.streams.failing().add(new NodeId("n4"));

            var first = ring.replace(name, "n3");
            ring.runFor(REPLACE_DELAY.plus(RING_DELAY));
            assertThat(first).singleElement().isInstanceOf(Operation.Failed.class);
            assertThat(ring.state(name).mode()).isEqualTo(Mode.JOINING);
            assertThat(view(ring, "n1").ring().isMember(N3)).isTrue();

            ring.streams.failing().clear();
            var second = ring.replace(name, "n3");
            ring.runFor(Duration.ofSeconds(1));
            assertThat(second).singleElement().isInstanceOf(Operation.Completed.class);
            assertOnlyTheRestWasAskedAgain(ring);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n3", "n5"})
    void goesOnAfterItsOwnCrash(String name) {
        try (var ring = ringWithADeadMember(1)) {
            startAnew(ring, name);
            ring.streams.failing().add(new NodeId("n4"));
            ring.replace(name, "n3");
            ring.runFor(REPLACE_DELAY.plus(RING_DELAY));
            ring.crash(name);
            ring.streams.failing().clear();

            ring.start(name);
            assertThat(ring.bootstrap(name, 999)).singleElement().isInstanceOf(Operation.Refused.class);
            var outcomes = ring.replace(name, "n3");
            ring.runFor(REPLACE_DELAY.plus(RING_DELAY));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(view(ring, "n1").ring().tokensOf(new NodeId(name))).isEqualTo(SmallRing.tokens(200));
            assertOnlyTheRestWasAskedAgain(ring);
        }
    }

    private static void startAnew(SmallRing ring, String name) {
        if (name.equals("n3")) {
            ring.loseDisk("n3");
            ring.start("n3");
        }
    }

    private static void assertOnlyTheRestWasAskedAgain(SmallRing ring) {
        assertThat(ring.streams.asked()).hasSize(2);
        assertThat(ring.streams.asked().get(1).transfers())
                .extracting(transfer -> transfer.from().value())
                .containsExactly("n4");
    }

    private static RingView view(SmallRing ring, String node) {
        return ring.state(node).surroundings().view();
    }
}
