package io.ringsim.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.NotCoordinated;
import io.ringsim.coordinator.ReadOutcome.Found;
import io.ringsim.coordinator.ReadOutcome.ReadFailed;
import io.ringsim.coordinator.ReadOutcome.ReadTimedOut;
import io.ringsim.coordinator.StorageMessage;
import io.ringsim.coordinator.StorageMessage.Mutated;
import io.ringsim.coordinator.Unavailable;
import io.ringsim.coordinator.WriteOutcome.WriteFailed;
import io.ringsim.coordinator.WriteOutcome.WriteTimedOut;
import io.ringsim.coordinator.WriteOutcome.Written;
import io.ringsim.coordinator.WriteType;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.network.Inbox;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told that writes and reads; the replicas of the key are n2, n3 and, of three, n4. */
class RequestsTest {
    private static final Key KEY = new Key(new Token.LongToken(50), Bytes.utf8("key"));
    private static final Bytes NAME = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("c");
    private static final PartitionQuery QUERY = PartitionQuery.all(SmallRing.TABLE.id(), KEY);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    private static Partition row(long timestamp) {
        return Partition.of(KEY, Row.of(NAME, Cell.live(COLUMN, timestamp, Bytes.ofLong(timestamp))));
    }

    private static Mutation write(long timestamp) {
        return Mutation.of(SmallRing.TABLE.id(), row(timestamp));
    }

    private static SmallRing five(long seed) {
        var ring = new SmallRing(seed, 3);
        ring.members(5);
        return ring;
    }

    private static Partition on(SmallRing ring, String node) {
        return ring.disk(node).read(QUERY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2", "n3", "n4", "n5"})
    void anyMemberWritesToAllReplicasAndReadsFromThem(String coordinator) {
        try (var ring = five(1)) {
            var written = ring.write(coordinator, write(1), ConsistencyLevel.QUORUM);
            var found = ring.read(coordinator, QUERY, ConsistencyLevel.QUORUM);

            assertThat(written).containsExactly(new Written());
            assertThat(found).containsExactly(new Found(row(1)));
            for (var replica : List.of("n2", "n3", "n4")) {
                assertThat(on(ring, replica)).isEqualTo(row(1));
            }
            assertThat(on(ring, "n1").isEmpty()).isTrue();
            assertThat(on(ring, "n5").isEmpty()).isTrue();
        }
    }

    @Test
    void whatWasNeverWrittenIsFoundEmpty() {
        try (var ring = five(1)) {
            assertThat(ring.read("n1", QUERY, ConsistencyLevel.ALL)).containsExactly(new Found(Partition.empty(KEY)));
        }
    }

    @Test
    void nothingIsSentWhenTooFewReplicasAreAlive() {
        try (var ring = five(1)) {
            ring.crash("n2");
            ring.crash("n3");

            assertThat(ring.write("n1", write(1), ConsistencyLevel.QUORUM))
                    .containsExactly(new Unavailable(ConsistencyLevel.QUORUM, 2, 1));
            assertThat(ring.read("n1", QUERY, ConsistencyLevel.QUORUM))
                    .containsExactly(new Unavailable(ConsistencyLevel.QUORUM, 2, 1));
            assertThat(on(ring, "n4").isEmpty()).isTrue();
            assertThat(ring.write("n1", write(1), ConsistencyLevel.ONE)).containsExactly(new Written());
        }
    }

    @Test
    void aWriteWaitsForAsManyAcknowledgementsAsItsLevelAsksForAndNoLonger() {
        try (var ring = five(1)) {
            ring.network.detach(new NodeId("n2"));

            var quorum = ring.write("n1", write(1), ConsistencyLevel.QUORUM);
            var all = ring.write("n1", write(2), ConsistencyLevel.ALL);

            assertThat(quorum).containsExactly(new Written());
            ring.runFor(WRITE_TIMEOUT.minusMillis(2));
            assertThat(all).isEmpty();
            ring.runFor(Duration.ofSeconds(10));
            assertThat(all).containsExactly(new WriteTimedOut(ConsistencyLevel.ALL, 2, 3, WriteType.SIMPLE));
            assertThat(quorum).hasSize(1);
            assertThat(on(ring, "n3")).isEqualTo(row(2));
        }
    }

    @Test
    void aReadWaitsForEveryReplicaItAsked() {
        try (var ring = five(1)) {
            ring.network.detach(new NodeId("n2"));

            var all = ring.read("n3", QUERY, ConsistencyLevel.ALL);

            ring.runFor(READ_TIMEOUT.minusMillis(2));
            assertThat(all).isEmpty();
            ring.runFor(Duration.ofSeconds(10));
            assertThat(all).containsExactly(new ReadTimedOut(ConsistencyLevel.ALL, 2, 3));
            assertThat(ring.read("n3", QUERY, ConsistencyLevel.ONE)).hasSize(1);
        }
    }

    @Test
    void aRequestFailsAsSoonAsSoManyRefuseThatItCannotSucceed() {
        try (var ring = five(1)) {
            ring.disk("n2").breakDown();
            assertThat(ring.write("n1", write(1), ConsistencyLevel.QUORUM)).containsExactly(new Written());
            ring.disk("n3").breakDown();

            var write = ring.write("n1", write(2), ConsistencyLevel.QUORUM);
            var read = ring.read("n3", QUERY, ConsistencyLevel.ONE);

            assertThat(write).singleElement().isInstanceOfSatisfying(WriteFailed.class, failed -> {
                assertThat(failed.received()).isLessThanOrEqualTo(1);
                assertThat(failed.required()).isEqualTo(2);
                assertThat(failed.reasons()).containsOnlyKeys(new NodeId("n2"), new NodeId("n3"));
            });
            assertThat(read)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ReadFailed.class,
                            failed -> assertThat(failed.reasons())
                                    .containsEntry(new NodeId("n3"), "this store keeps no rows"));
        }
    }

    @Test
    void aReadTellsTheNewestAndBringsThoseItAskedUpToDate() {
        try (var ring = five(1)) {
            ring.write("n1", write(1), ConsistencyLevel.ALL);
            ring.crash("n2");
            ring.write("n1", write(2), ConsistencyLevel.QUORUM);
            ring.start("n2");
            assertThat(on(ring, "n2")).isEqualTo(row(1));

            assertThat(ring.read("n2", QUERY, ConsistencyLevel.ONE)).containsExactly(new Found(row(1)));
            assertThat(ring.read("n2", QUERY, ConsistencyLevel.QUORUM)).containsExactly(new Found(row(2)));

            assertThat(on(ring, "n2")).isEqualTo(row(2));
            assertThat(ring.read("n2", QUERY, ConsistencyLevel.ONE)).containsExactly(new Found(row(2)));
        }
    }

    @Test
    void aJoiningNodeTakesWritesThatNeedOneMoreAcknowledgementButServesNoClient() {
        try (var ring = five(1)) {
            ring.start("n6");
            ring.bootstrap("n6", 60);

            assertThat(ring.write("n1", write(1), ConsistencyLevel.ALL)).containsExactly(new Written());
            assertThat(on(ring, "n6")).isEqualTo(row(1));
            ring.network.detach(new NodeId("n6"));
            ring.network.detach(new NodeId("n2"));
            var quorum = ring.write("n1", write(2), ConsistencyLevel.QUORUM);
            ring.runFor(WRITE_TIMEOUT);

            assertThat(quorum).containsExactly(new WriteTimedOut(ConsistencyLevel.QUORUM, 2, 3, WriteType.SIMPLE));
            assertThat(ring.write("n6", write(3), ConsistencyLevel.ONE))
                    .containsExactly(new NotCoordinated("n6 is no member of the ring"));
            assertThat(ring.read("n6", QUERY, ConsistencyLevel.ONE))
                    .containsExactly(new NotCoordinated("n6 is no member of the ring"));
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        try (var ring = five(1)) {
            var elsewhere = new TableId("nowhere", "t");
            var unknown = new TableId("shop", "t");

            assertThat(ring.write("n1", Mutation.of(elsewhere, row(1)), ConsistencyLevel.ONE))
                    .containsExactly(new NotCoordinated("Keyspace nowhere does not exist"));
            assertThat(ring.write("n1", Mutation.of(unknown, row(1)), ConsistencyLevel.ONE))
                    .containsExactly(new NotCoordinated("unconfigured table t"));
            assertThat(ring.read("n1", PartitionQuery.all(unknown, KEY), ConsistencyLevel.ONE))
                    .containsExactly(new NotCoordinated("unconfigured table t"));
            assertThat(ring.read("n1", QUERY, ConsistencyLevel.ANY))
                    .containsExactly(new NotCoordinated("ANY ConsistencyLevel is only supported for writes"));
        }
    }

    /** An answer that was under way while the coordinator crashed must not count for what it asks now. */
    @Test
    void anAnswerToWhatANodeAskedBeforeItsRestartCountsForNothing() {
        try (var ring = five(1)) {
            var asked = new ArrayList<Long>();
            for (var replica : List.of("n2", "n3", "n4")) {
                ring.network.attach(new NodeId(replica), StorageMessage.CHANNEL, ignoring(asked));
            }
            ring.write("n1", write(1), ConsistencyLevel.ONE);
            ring.crash("n1");
            ring.start("n1");
            var outcome = ring.write("n1", write(2), ConsistencyLevel.ONE);
            assertThat(asked).hasSize(6);

            ring.network.send(new NodeId("n2"), new NodeId("n1"), StorageMessage.CHANNEL, new Mutated(asked.get(0)));
            ring.runFor(WRITE_TIMEOUT);

            assertThat(outcome).containsExactly(new WriteTimedOut(ConsistencyLevel.ONE, 0, 1, WriteType.SIMPLE));
        }
    }

    private static Inbox<StorageMessage> ignoring(List<Long> asked) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, StorageMessage message) {
                asked.add(message.id());
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {}
        };
    }
}
