package io.ringsim.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.NodeRecord.Stage;
import io.ringsim.spi.RangeStreamer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members n1 to n4 at 0, 100, 200 and 300; without n3, n1 gains (100, 200] and n4 gains (0, 100]. */
class RemoveNodeTest {
    private static final Duration RING_DELAY = Duration.ofSeconds(30);
    private static final Duration TWO_ROUNDS = Duration.ofSeconds(2);
    private static final NodeId N3 = new NodeId("n3");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void takesADeadNodeOutOnceThoseWhoTakeOverHaveItsRanges(long seed) {
        try (var ring = withoutN3(seed, 2)) {
            var outcomes = ring.remove("n1", "n3");
            assertThat(ring.state("n2").surroundings().view().leaving()).isEmpty();
            assertThat(ring.streams.asked()).isEmpty();

            ring.runFor(RING_DELAY);
            assertThat(ring.streams.asked())
                    .allMatch(stream -> stream.operation().equals("Restore replica count"))
                    .flatExtracting(RangeStreamer.Stream::transfers)
                    .extracting(transfer -> transfer.range() + " " + transfer.from() + " -> " + transfer.to())
                    .containsExactlyInAnyOrder("(100, 200] n4 -> n1", "(0, 100] n2 -> n4");

            ring.runFor(TWO_ROUNDS);
            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(seen(ring, "n1")).isEqualTo(seen(ring, "n2")).isEqualTo(seen(ring, "n4"));
            assertThat(seen(ring, "n1")).isEqualTo("n1 n2 n4 leaving");
        }
    }

    @Test
    void tellsWhomItWaitsFor() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            ring.heard.clear();
            ring.remove("n1", "n3");
            ring.runFor(RING_DELAY);

            assertThat(ring.heard)
                    .containsExactly(
                            "n1 Sleeping for 30000 ms to ensure n3 does not change",
                            "n1 Advertising removal for n3",
                            "n1 Removing node n3. Waiting for replication confirmation from [n1, n4].",
                            "n1 Removing node n3. Waiting for replication confirmation from [n4].");
        }
    }

    @Test
    void waitsForEveryReplicaHoweverLong() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(Duration.ofHours(5));

            assertThat(outcomes).isEmpty();
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n3 n4 leaving n3");
        }
    }

    @Test
    void aReplicaThatDiesLaterIsWaitedForUntilItIsForced() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY);
            ring.crash("n4");
            ring.runFor(Duration.ofHours(1));
            assertThat(outcomes).isEmpty();

            ring.tell("n1", new Node.ForceRemoval());
            ring.runFor(TWO_ROUNDS);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.heard).contains("n1 Removal not confirmed for [n4]");
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n4 leaving");
        }
    }

    @Test
    void aReplicaThatCouldNotFetchConfirmsToo() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.failing().add(new NodeId("n2"));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
        }
    }

    @Test
    void doesNotWaitForReplicasThatWereDeadFromTheStart() {
        try (var ring = withoutN3(1, 2)) {
            ring.crash("n4");
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.heard)
                    .contains("n1 Endpoint n4 is down and will not receive data of keyspace shop for"
                            + " re-replication of n3");
        }
    }

    @Test
    void whatOnlyTheDeadNodeHadIsNotWaitedFor() {
        try (var ring = withoutN3(1, 1)) {
            ring.streams.stuck().addAll(List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n4")));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.streams.asked()).isEmpty();
        }
    }

    @Test
    void anotherNodeCanFinishWhatADeadCoordinatorBegan() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            ring.remove("n2", "n3");
            ring.runFor(RING_DELAY);
            ring.crash("n2");
            assertThat(seen(ring, "n1")).isEqualTo("n1 n2 n3 n4 leaving n3");

            ring.streams.stuck().clear();
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            assertThat(ring.heard).contains("n1 Node n3 is already being removed, continuing removal anyway");
            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(seen(ring, "n4")).isEqualTo("n1 n2 n4 leaving");
        }
    }

    @Test
    void aReplicaThatRestartsDoesItsPartAnew() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY);
            ring.crash("n4");
            ring.streams.stuck().clear();
            ring.start("n4");
            ring.runFor(TWO_ROUNDS);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
        }
    }

    @Test
    void refusesWhatIsNoDeadMember() {
        try (var ring = withoutN3(1, 2)) {
            assertThat(refusal(ring.remove("n1", "n1"))).isEqualTo("Cannot remove self");
            assertThat(refusal(ring.remove("n1", "n9")))
                    .isEqualTo("Node to be removed is not a member of the token ring: n9");
            assertThat(refusal(ring.remove("n1", "n2")))
                    .isEqualTo("Node n2 is alive and owns this ID."
                            + " Use decommission command to remove it from the ring");
            ring.start("n5");
            assertThat(refusal(ring.remove("n5", "n3"))).isEqualTo("local node is not a member of the token ring yet");
        }
    }

    @Test
    void doesOneThingAtATime() {
        try (var ring = withoutN3(1, 2)) {
            ring.remove("n1", "n3");

            assertThat(refusal(ring.remove("n1", "n3"))).startsWith("This node is already processing a removal.");
            assertThat(refusal(ring.decommission("n1", true))).isEqualTo("n1 is busy with its removenode");
            ring.decommission("n2", true);
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));
            ring.crash("n4");
            assertThat(refusal(ring.remove("n2", "n4"))).contains("n2");
        }
    }

    @Test
    void changesNothingWhenTheNodeComesBackMeanwhile() {
        try (var ring = withoutN3(1, 2)) {
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.dividedBy(2));
            ring.start("n3");
            ring.runFor(RING_DELAY);

            assertThat(outcomes)
                    .singleElement()
                    .isEqualTo(new Operation.Failed(
                            "Endpoint n3 generation changed while trying to remove it", List.of()));
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n3 n4 leaving");
            assertThat(ring.state("n3").mode()).isEqualTo(Mode.NORMAL);
        }
    }

    @Test
    void aRemovedNodeThatComesBackStaysOutAndSaysWhy() {
        try (var ring = withoutN3(1, 2)) {
            ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            for (int start = 0; start < 2; start++) {
                ring.start("n3");
                ring.runFor(TWO_ROUNDS);
                assertThat(ring.state("n3").mode()).isEqualTo(Mode.DRAINED);
                assertThat(ring.disk("n3").record().stage()).isEqualTo(Stage.REMOVED);
                assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n4 leaving");
                assertThat(refusal(ring.bootstrap("n3", 200)))
                        .isEqualTo("n3 was removed from the ring by others and will not rejoin the ring;"
                                + " start it with an empty disk");
                ring.crash("n3");
            }
        }
    }

    @Test
    void aRemovedNodeWithAnEmptyDiskMayJoinAnew() {
        try (var ring = withoutN3(1, 2)) {
            ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));
            ring.loseDisk("n3");
            ring.start("n3");
            var outcomes = ring.bootstrap("n3", 250);
            ring.runFor(RING_DELAY);

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n3 n4 leaving");
        }
    }

    @Test
    void aNodeThatWasAliveAllTheTimeDrainsWhenItHearsOfItsRemoval() {
        try (var ring = new SmallRing(1, 2)) {
            ring.members(4);
            ring.runFor(Duration.ofMinutes(2)); // until it has told its load
            ring.membership.down(N3);
            ring.runFor(Duration.ofMillis(1));
            var outcomes = ring.remove("n1", "n3");
            ring.runFor(RING_DELAY.plus(TWO_ROUNDS));

            assertThat(outcomes).singleElement().isInstanceOf(Operation.Completed.class);
            assertThat(ring.state("n3").mode()).isEqualTo(Mode.DRAINED);
            assertThat(ring.disk("n3").record().stage()).isEqualTo(Stage.REMOVED);
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n4 leaving");
        }
    }

    @Test
    void aNodeThatComesBackWhileItIsRemovedIsOutToo() {
        try (var ring = withoutN3(1, 2)) {
            ring.streams.stuck().add(new NodeId("n4"));
            ring.remove("n1", "n3");
            ring.runFor(RING_DELAY);
            ring.start("n3");
            ring.runFor(TWO_ROUNDS);

            assertThat(ring.state("n3").mode()).isEqualTo(Mode.DRAINED);
            assertThat(ring.state("n2").surroundings().up()).doesNotContain(N3);
            assertThat(seen(ring, "n2")).isEqualTo("n1 n2 n3 n4 leaving n3");
        }
    }

    private static SmallRing withoutN3(long seed, int replicas) {
        var ring = new SmallRing(seed, replicas);
        ring.members(4);
        ring.crash("n3");
        return ring;
    }

    private static String seen(SmallRing ring, String by) {
        var view = ring.state(by).surroundings().view();
        var text = new StringBuilder();
        view.ring().nodes().forEach(node -> text.append(node).append(' '));
        text.append("leaving");
        view.leaving().forEach(node -> text.append(' ').append(node));
        return text.toString();
    }

    private static String refusal(List<Operation.Outcome> outcomes) {
        assertThat(outcomes).singleElement().isInstanceOf(Operation.Refused.class);
        return ((Operation.Refused) outcomes.get(0)).reason();
    }
}
