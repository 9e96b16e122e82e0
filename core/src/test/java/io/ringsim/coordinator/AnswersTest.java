package io.ringsim.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.RandomPartitions;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.FakeStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final TableMetadata TABLE = TableMetadata.standard(new TableId("ks", "t"));
    private static final int SEEDS = 3_000;
    private static final int NAMES = 12;

    private static PartitionQuery query(int limit, boolean reversed) {
        var forward = PartitionQuery.slice(TABLE.id(), RandomPartitions.key(1), Slice.ALL, limit);
        return reversed ? forward.backwards() : forward;
    }

    /** What three replicas hold, each something else of what was written. */
    private static SortedMap<NodeId, Partition> replicas(Randomness random) {
        var partitions = new RandomPartitions(random, TABLE, NAMES);
        var held = new TreeMap<NodeId, Partition>();
        for (var name : List.of("n1", "n2", "n3")) {
            held.put(new NodeId(name), Partition.empty(RandomPartitions.key(1)));
        }
        for (int write = 0; write < 4; write++) {
            var written = partitions.next(RandomPartitions.key(1));
            held.replaceAll((node, partition) -> random.chance(0.7) ? partition.merge(written, TABLE) : partition);
        }
        return held;
    }

    private static Answers ask(SortedMap<NodeId, Partition> replicas, Answers question) {
        var answers = question;
        for (var replica : replicas.entrySet()) {
            answers = answers.with(replica.getKey(), FakeStore.read(replica.getValue(), question.query(), TABLE));
        }
        return answers;
    }

    private static Partition all(SortedMap<NodeId, Partition> replicas) {
        var all = Partition.empty(RandomPartitions.key(1));
        for (var partition : replicas.values()) {
            all = all.merge(partition, TABLE);
        }
        return FakeStore.read(all, query(Integer.MAX_VALUE, false), TABLE);
    }

    @Test
    void areTogetherWhatWouldBeKnownIfEveryReplicaHadEveryWrite() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var replicas = replicas(Randomness.of(seed));

            assertThat(ask(replicas, Answers.none(query(Integer.MAX_VALUE, false), TABLE))
                            .together())
                    .as("seed %s", seed)
                    .isEqualTo(all(replicas));
        }
    }

    @Test
    void repairsMakeEveryReplicaAnswerTheSame() {
        int repaired = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var replicas = replicas(Randomness.of(seed));
            var answers = ask(replicas, Answers.none(query(Integer.MAX_VALUE, false), TABLE));
            var together = answers.together();
            var repairs = answers.repairs(together);

            repairs.forEach((replica, mutation) -> replicas.computeIfPresent(
                    replica, (any, held) -> held.merge(mutation.updates().get(0).partition(), TABLE)));
            repaired += repairs.size();

            var again = ask(replicas, Answers.none(query(Integer.MAX_VALUE, false), TABLE));
            for (var answer : again.byReplica().entrySet()) {
                assertThat(answer.getValue())
                        .as("seed %s, %s", seed, answer.getKey())
                        .isEqualTo(together);
            }
            assertThat(again.repairs(again.together())).as("seed %s", seed).isEmpty();
        }
        assertThat(repaired).isGreaterThan(SEEDS);
    }

    @Test
    void replicasThatAgreeNeedNoRepair() {
        var partition = new RandomPartitions(Randomness.of(1), TABLE, NAMES).next(RandomPartitions.key(1));
        var replicas = new TreeMap<NodeId, Partition>();
        replicas.put(new NodeId("n1"), partition);
        replicas.put(new NodeId("n2"), partition);
        var answers = ask(replicas, Answers.none(query(Integer.MAX_VALUE, false), TABLE));

        assertThat(answers.repairs(answers.together())).isEmpty();
    }

    /** Each replica stops at the limit by what it knows; rows that only others know to be deleted do not count. */
    @Test
    void areAskedForMoreUntilTheFirstLiveRowsAreCertain() {
        int rounds = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Randomness.of(seed);
            var replicas = replicas(random);
            boolean reversed = random.nextBoolean();
            int limit = 1 + random.nextInt(4);
            var answers = ask(replicas, Answers.none(query(limit, reversed), TABLE));
            while (answers.isShort(0)) {
                answers = ask(replicas, answers.further());
                rounds++;
            }

            var found = answers.result(answers.together(), limit, 0);

            var expected = live(all(replicas));
            if (reversed) {
                Collections.reverse(expected);
            }
            var first = new ArrayList<>(expected.subList(0, Math.min(limit, expected.size())));
            if (reversed) {
                Collections.reverse(first);
            }
            assertThat(live(found)).as("seed %s", seed).isEqualTo(first);
        }
        assertThat(rounds).isGreaterThan(SEEDS / 20);
    }

    private static List<Row> live(Partition partition) {
        return new ArrayList<>(
                partition.rows().stream().filter(row -> row.isLive(0)).toList());
    }
}
