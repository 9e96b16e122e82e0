package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.gossip.Entry.Grave;
import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointStatesTest {
    private static final int SEEDS = 500;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergingIsCommutativeAssociativeAndIdempotent(long seed) {
        var random = Randomness.of(seed);
        var a = states(random);
        var b = states(random);
        var c = states(random);

        assertThat(a.mergeData(b)).isEqualTo(b.mergeData(a));
        assertThat(a.mergeData(b).mergeData(c)).isEqualTo(a.mergeData(b.mergeData(c)));
        assertThat(a.mergeData(a)).isEqualTo(a);
        assertThat(a.mergeData(b).mergeData(b)).isEqualTo(a.mergeData(b));
        assertThat(a.mergeData(EndpointStates.NONE)).isEqualTo(a);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void versionsOnlyGrowAndNothingForgottenComesBackByAnOldState(long seed) {
        var random = Randomness.of(seed);
        var before = states(random);

        var after = before.mergeData(states(random)).with(entries(random));

        for (var entry : before.entries().values()) {
            var now = after.entries().get(entry.node());
            assertThat(now).isNotNull();
            assertThat(entry.isNewerThan(now)).isFalse();
            if (entry instanceof Grave && now instanceof Present present) {
                assertThat(present.endpoint().isNewerThan(ofVersion(entry))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void replicasAgreeInWhateverOrderTheyHearDeltasSomeLostAndSomeTwice(long seed) {
        var random = Randomness.of(seed);
        var writer = EndpointStates.NONE;
        var deltas = new ArrayList<EndpointStates>();
        for (int i = 0; i < 10; i++) {
            writer = writer.with(entries(random));
            if (random.chance(0.7)) {
                deltas.add(writer.deltaData().orElseThrow());
                writer = writer.resetDelta();
            }
        }

        deltas.addAll(deltas.subList(0, deltas.size() / 2));
        random.shuffle(deltas);
        var replica = EndpointStates.NONE;
        for (var delta : deltas) {
            if (random.chance(0.7)) {
                replica = replica.mergeDeltaData(delta);
            }
        }

        assertThat(replica.mergeData(writer)).isEqualTo(writer.resetDelta());
    }

    @Test
    void aDeltaHoldsWhatChangedAndNothingElse() {
        var states = EndpointStates.of(List.of(present("n1", 1, 1, true), present("n2", 1, 1, true)));

        var changed = states.with(List.of(present("n2", 1, 2, true)));

        assertThat(states.deltaData()).isEmpty();
        assertThat(changed.deltaData().orElseThrow().entries().keySet()).containsExactly(new NodeId("n2"));
        assertThat(changed.resetDelta().deltaData()).isEmpty();
        assertThat(changed.resetDelta()).isEqualTo(changed);
    }

    @Test
    void ofOneVersionTheStoppedBeatsTheRunningAndTheGraveBoth() {
        var running = present("n1", 1, 5, true);
        var grave = running.grave();

        assertThat(running.stopped().isNewerThan(running)).isTrue();
        assertThat(grave.isNewerThan(running.stopped())).isTrue();
        assertThat(present("n1", 1, 6, true).isNewerThan(grave)).isTrue();
        assertThat(present("n1", 2, 1, true).isNewerThan(present("n1", 1, 6, true)))
                .isTrue();
    }

    private static EndpointStates states(Randomness random) {
        return EndpointStates.of(entries(random));
    }

    /** Of few nodes in few versions, so that they collide. */
    private static List<Entry> entries(Randomness random) {
        var entries = new ArrayList<Entry>();
        for (int i = random.nextInt(8); i > 0; i--) {
            var present = present(
                    "n" + random.nextInt(4), 1 + random.nextInt(2), 1 + random.nextInt(3), random.nextBoolean());
            entries.add(random.chance(0.2) ? present.grave() : present);
        }
        return entries;
    }

    static Present present(String node, int generation, int version, boolean isRunning) {
        var endpoint = new Endpoint(
                new NodeId(node),
                new Location("dc1", "r1"),
                generation,
                version,
                Status.NORMAL,
                List.of(new Token.LongToken(version)),
                List.of(),
                "schema",
                0);
        var host = new Incarnation("akka://ring@127.0.0.1:" + (25520 + generation), generation);
        return new Present(endpoint, host, isRunning, Entry.NEVER);
    }

    private static Endpoint ofVersion(Entry entry) {
        return present(entry.node().value(), entry.generation(), entry.version(), true)
                .endpoint();
    }
}
