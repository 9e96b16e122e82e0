package io.ringsim.network;

import static io.ringsim.network.NetworkWorld.N1;
import static io.ringsim.network.NetworkWorld.N2;
import static io.ringsim.network.NetworkWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSameSeedGivesTheSameHistory(long seed) {
        assertThat(history(seed).told).isEqualTo(history(seed).told);
        assertThat(history(seed).told).isNotEqualTo(history(seed + 100).told);
    }

    @Test
    void aMessageMoreChangesNothingOnOtherLinks() {
        var without = busy(5);
        var with = busy(5);
        with.at(Duration.ofMillis(3), () -> with.radio(N3, N1, "one more"));
        without.run();
        with.run();

        assertThat(with.told.stream().filter(told -> !told.peer().equals(N3)))
                .containsExactlyElementsOf(without.told.stream()
                        .filter(told -> !told.peer().equals(N3))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void trafficIsWhatWasSent(long seed) {
        var random = Randomness.of(seed);
        var world = NetworkWorld.steady().attach(N1, N2, N3);
        Map<String, Traffic.Amount> model = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            var from = random.pick(List.of(N1, N2, N3));
            var to = random.pick(List.of(N1, N2, N3));
            var letter = new Letter("x", 1 + random.nextInt(1_000));
            world.network.send(from, to, random.chance(0.5) ? Letter.POST : Letter.RADIO, letter);
            if (!from.equals(to)) {
                model.merge(
                        from + " " + to + " Letter", new Traffic.Amount(1, letter.wireBytes()), Traffic.Amount::plus);
            }
        }
        world.run();

        var entries = world.network.traffic().entries();
        assertThat(entries)
                .extracting(entry -> entry.from() + " " + entry.to() + " " + entry.kind())
                .containsExactlyElementsOf(model.keySet());
        assertThat(entries).extracting(Traffic.Entry::amount).containsExactlyElementsOf(model.values());
        assertThat(world.network.traffic().total().get("Letter"))
                .isEqualTo(model.values().stream().reduce(Traffic.Amount.NONE, Traffic.Amount::plus));
    }

    @Test
    void countersKeepThousandsOfPeersApart() {
        var table = new CounterTable();
        for (int round = 0; round < 3; round++) {
            for (int to = 0; to < 5_000; to++) {
                table.add(to, to % 7, 1, to, 0);
            }
        }

        int[] seen = {0};
        table.forEach((to, kind, amount) -> {
            seen[0]++;
            assertThat(kind).isEqualTo(to % 7);
            assertThat(amount).isEqualTo(new Traffic.Amount(3, 3L * to));
        });
        assertThat(seen[0]).isEqualTo(5_000);
    }

    private static NetworkWorld busy(long seed) {
        var world = new NetworkWorld(seed, NetworkSettings.defaults()).attach(N1, N2, N3);
        world.network.impair(LinkSet.all(), 0.1, 0.1, 0.1);
        for (int i = 0; i < 200; i++) {
            world.at(Duration.ofNanos(77_000L * i), () -> world.radio(N1, N2, "d"));
        }
        return world;
    }

    private static NetworkWorld history(long seed) {
        var random = Randomness.of(9);
        var world = new NetworkWorld(seed, NetworkSettings.defaults()).attach(N1, N2, N3);
        world.network.impair(LinkSet.all(), 0.1, 0.1, 0.1);
        List<NodeId> nodes = List.of(N1, N2, N3);
        for (int i = 0; i < 500; i++) {
            var from = random.pick(nodes);
            var to = random.pick(nodes);
            boolean reliable = random.chance(0.5);
            world.at(Duration.ofMillis(random.nextInt(5_000)), () -> {
                if (reliable) {
                    world.post(from, to, "p");
                } else {
                    world.radio(from, to, "d");
                }
            });
        }
        world.run();
        return world;
    }
}
