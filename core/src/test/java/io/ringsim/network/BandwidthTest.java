package io.ringsim.network;

import static io.ringsim.network.NetworkWorld.N1;
import static io.ringsim.network.NetworkWorld.N2;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.NetworkWorld.Told;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {
    private static final long RATE = 1_000_000;
    private static final NetworkSettings SLOW = NetworkWorld.steadySettings().withBandwidth(RATE);

    private final NetworkWorld world = new NetworkWorld(1, SLOW);

    @Test
    void aLoneMessageTakesItsLengthAndTheLatency() {
        world.attach(N1, N2);

        send(N1, N2, 500_000);
        world.run();

        assertThat(world.told.get(0).at()).isEqualTo(Duration.ofMillis(501));
    }

    @Test
    void theSlowerOfTwoCardsIsTheLimit() {
        world.attach(N1, N2);
        world.network.limit(N2, RATE, RATE / 10);

        for (int i = 0; i < 3; i++) {
            send(N1, N2, 100_000);
        }
        world.run();

        assertThat(world.told)
                .extracting(Told::at)
                .containsExactly(Duration.ofMillis(1001), Duration.ofMillis(2001), Duration.ofMillis(3001));
    }

    @Test
    void manySendersShareTheReceiversCardEvenly() {
        var senders = nodes("s", 7);
        world.attach(N1).attach(senders.toArray(NodeId[]::new));

        for (int i = 0; i < 100; i++) {
            senders.forEach(sender -> send(sender, N1, 10_000));
        }
        world.run();

        assertEvenShares(world.told, 7, 10_000);
        assertThat(world.told.get(world.told.size() - 1).at())
                .isBetween(Duration.ofSeconds(7), Duration.ofMillis(7012));
    }

    @Test
    void oneSenderSharesItsCardEvenlyAmongReceivers() {
        var receivers = nodes("r", 5);
        world.attach(N1).attach(receivers.toArray(NodeId[]::new));

        receivers.forEach(receiver -> {
            for (int i = 0; i < 100; i++) {
                send(N1, receiver, 10_000);
            }
        });
        world.run();

        assertEvenShares(world.told, 5, 10_000);
        assertThat(world.told.get(world.told.size() - 1).at()).isEqualTo(Duration.ofMillis(5001));
    }

    @Test
    void aSmallMessageWaitsForTheMessageInServiceOnly() {
        world.attach(N1, N2).attach(nodes("s", 4).toArray(NodeId[]::new));
        for (int i = 0; i < 50; i++) {
            nodes("s", 4).forEach(receiver -> send(N1, receiver, 100_000));
        }

        world.runUntil(Duration.ofMillis(3_333));
        world.network.send(N1, N2, Letter.RADIO, new Letter("small", 100));
        world.run();

        var small = world.told.stream()
                .filter(told -> told.text().equals("small"))
                .findFirst()
                .orElseThrow();
        assertThat(small.at().minusMillis(3_333))
                .isLessThanOrEqualTo(Duration.ofMillis(101).plusNanos(100_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverExceedsItsLimitAndIsNeverIdleWhileSomethingWaits(long seed) {
        var random = Randomness.of(seed);
        var senders = nodes("s", 1 + random.nextInt(6));
        world.attach(N1).attach(senders.toArray(NodeId[]::new));
        long total = 0;
        for (int i = 0; i < 400; i++) {
            long bytes = 1L + random.nextInt(30_000);
            total += bytes;
            var sender = random.pick(senders);
            var channel = random.chance(0.5) ? Letter.POST : Letter.RADIO;
            world.at(
                    Duration.ofMillis(random.nextInt(2_000)),
                    () -> world.network.send(sender, N1, channel, new Letter("m", bytes)));
        }
        world.run();

        assertThat(world.told).hasSize(400);
        assertNeverFasterThan(RATE, world.told);
        var busy = Duration.ofNanos((long) (total * 1e9 / RATE));
        var end = world.told.get(399).at();
        assertThat(end).isBetween(busy, busy.plusMillis(2_000 + 30 + 2));
    }

    @Test
    void aLongStandingBacklogUsesTheWholeCard() {
        var senders = nodes("s", 3);
        world.attach(N1).attach(senders.toArray(NodeId[]::new));
        for (int i = 0; i < 300; i++) {
            send(senders.get(i % 3), N1, 1_000 + 17 * i);
        }
        world.run();

        long total = world.told.stream().mapToLong(Told::bytes).sum();
        var first = world.told.get(0);
        var last = world.told.get(world.told.size() - 1);
        long nanos = last.at().minus(first.at()).toNanos();
        assertThat(nanos).isLessThanOrEqualTo((long) ((total - first.bytes()) * 1e9 / RATE) + 2_000_000);
    }

    private void send(NodeId from, NodeId to, long bytes) {
        world.network.send(from, to, Letter.POST, new Letter("m", bytes));
    }

    /** While all flows have something to send, none is more than one message ahead of another. */
    private static void assertEvenShares(List<Told> told, int flows, long bytes) {
        var given = new TreeMap<String, Long>();
        for (var letter : told) {
            given.merge(letter.node() + "<-" + letter.peer(), letter.bytes(), Long::sum);
            if (given.size() == flows) {
                long most =
                        given.values().stream().mapToLong(Long::longValue).max().orElseThrow();
                long least =
                        given.values().stream().mapToLong(Long::longValue).min().orElseThrow();
                assertThat(most - least).isLessThanOrEqualTo(bytes);
            }
        }
    }

    private static void assertNeverFasterThan(long bytesPerSecond, List<Told> told) {
        for (int i = 1; i < told.size(); i++) {
            long gap = told.get(i).at().minus(told.get(i - 1).at()).toNanos();
            assertThat(gap).isGreaterThanOrEqualTo((long) (told.get(i).bytes() * 1e9 / bytesPerSecond));
        }
    }

    private static List<NodeId> nodes(String prefix, int count) {
        var nodes = new ArrayList<NodeId>();
        for (int i = 1; i <= count; i++) {
            nodes.add(new NodeId(prefix + i));
        }
        return nodes;
    }
}
