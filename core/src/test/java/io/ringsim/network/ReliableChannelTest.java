package io.ringsim.network;

import static io.ringsim.network.NetworkWorld.N1;
import static io.ringsim.network.NetworkWorld.N2;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.NetworkWorld.Told;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliableChannelTest {
    private static final LinkSet BOTH_WAYS = LinkSet.between(List.of(N1), List.of(N2));
    private static final LinkSet THERE = LinkSet.oneWay(List.of(N1), List.of(N2));
    private static final LinkSet BACK = LinkSet.oneWay(List.of(N2), List.of(N1));

    private final NetworkWorld world = NetworkWorld.steady().attach(N1, N2);
    private final SimulatedNetwork network = world.network;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void deliversEverythingOnceAndInOrderOverABadLink(long seed) {
        var bad = new NetworkWorld(seed, NetworkSettings.defaults()).attach(N1, N2);
        bad.network.impair(LinkSet.all(), 0.2, 0.2, 0.2);
        var sent = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            sent.add("p" + i);
            bad.at(
                    Duration.ofMillis(i),
                    () -> bad.post(N1, N2, sent.get((int) bad.clock.now().toMillis())));
        }
        bad.run();

        assertThat(bad.received(N2)).isEqualTo(sent);
        assertThat(bad.losses(N1)).isEmpty();
    }

    @Test
    void aLostMessageCostsARetransmissionTimeOutAndHoldsUpTheRest() {
        dropFirst(1);

        world.post(N1, N2, "a");
        world.post(N1, N2, "b");
        world.run();

        assertThat(world.told)
                .extracting(Told::text, told -> told.at().toMillis())
                .containsExactly(tuple("a", 203L), tuple("b", 204L));
    }

    @Test
    void retransmissionTimeOutsDouble() {
        dropFirst(4);

        world.post(N1, N2, "a");
        world.run();

        assertThat(world.told.get(0).at()).isEqualTo(Duration.ofMillis(202 + 404 + 808 + 1616 + 1));
    }

    @Test
    void messagesWaitForAPartitionToHeal() {
        var partition = network.partition(BOTH_WAYS);
        world.post(N1, N2, "a");
        world.post(N1, N2, "b");
        world.at(Duration.ofSeconds(10), partition::heal);
        world.run();

        assertThat(world.received(N2)).containsExactly("a", "b");
        assertThat(world.losses(N1)).isEmpty();
        assertThat(world.told.get(0).at()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void aPartitionCatchesWhatIsOnItsWay() {
        world.post(N1, N2, "a");
        world.runUntil(Duration.ofNanos(500_000));
        network.partition(BOTH_WAYS).during(Duration.ofMillis(100));
        world.run();

        assertThat(world.told.get(0).at()).isEqualTo(Duration.ofMillis(203));
    }

    @Test
    void theSenderGivesUpWhenAPartitionLastsTooLong() {
        world.post(N1, N2, "hello");
        world.post(N2, N1, "hello");
        world.runUntil(Duration.ofSeconds(1));
        network.partition(BOTH_WAYS);
        world.post(N1, N2, "never");
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(31));
        assertThat(world.losses(N2)).extracting(Told::at).containsExactly(Duration.ofSeconds(91));
        assertThat(world.received(N2)).containsExactly("hello");
    }

    @Test
    void theIdleEndOfABrokenConnectionLearnsByWhatItSendsAfterHealing() {
        world.post(N1, N2, "hello");
        world.run();
        var partition = network.partition(BOTH_WAYS);
        world.post(N1, N2, "lost");
        world.runUntil(Duration.ofSeconds(40));
        partition.heal();
        world.post(N2, N1, "into the void");
        world.post(N2, N1, "too");
        world.run();

        assertThat(world.losses(N1)).hasSize(1);
        assertThat(world.losses(N2)).extracting(Told::at).containsExactly(Duration.ofMillis(40_002));
        assertThat(world.received(N1)).isEmpty();
        world.post(N2, N1, "again");
        world.run();
        assertThat(world.received(N1)).containsExactly("again");
    }

    @Test
    void bothIdleEndsFindOutByKeepAlive() {
        world.post(N1, N2, "hello");
        world.runUntil(Duration.ofSeconds(5));
        network.partition(BOTH_WAYS);
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(95));
        assertThat(world.losses(N2)).extracting(Told::at).containsExactly(Duration.ofSeconds(95));
    }

    @Test
    void aNewConnectionTellsThePeerThatTheOldOneIsGone() {
        world.post(N1, N2, "hello");
        world.runUntil(Duration.ofSeconds(1));
        var partition = network.partition(BOTH_WAYS);
        world.post(N1, N2, "lost");
        world.runUntil(Duration.ofSeconds(40));
        partition.heal();
        world.post(N1, N2, "anew");
        world.run();

        assertThat(world.told.stream()
                        .filter(told -> told.node().equals(N2))
                        .map(told -> told.lost() ? "lost" : told.text()))
                .containsExactly("hello", "lost", "anew");
    }

    @Test
    void whatArrivesButIsNeverAcknowledgedIsDeliveredOnceAndBreaksTheSender() {
        network.partition(BACK);

        world.post(N1, N2, "a");
        world.post(N1, N2, "b");
        world.runUntil(Duration.ofMillis(10));
        world.post(N1, N2, "c");
        world.run();

        assertThat(world.received(N2)).containsExactly("a", "b");
        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void theOtherDirectionOfAOneWayPartitionWaitsForAcknowledgements() {
        world.post(N2, N1, "hello");
        world.run();
        var partition = network.partition(THERE);
        world.post(N2, N1, "one");
        world.runUntil(Duration.ofSeconds(1));
        world.post(N2, N1, "two");
        world.runUntil(Duration.ofSeconds(2));
        assertThat(world.received(N1)).containsExactly("hello", "one");
        partition.heal();
        world.run();

        assertThat(world.received(N1)).containsExactly("hello", "one", "two");
        assertThat(world.losses(N1)).isEmpty();
        assertThat(world.losses(N2)).isEmpty();
    }

    @Test
    void aDeadProcessAnswersWithAResetAfterARoundTrip() {
        network.detach(N2);

        world.post(N1, N2, "a");
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofMillis(2));
    }

    @Test
    void anUnreachableDeadProcessIsMissedAfterTheTimeOutOnly() {
        world.post(N1, N2, "hello");
        world.runUntil(Duration.ofSeconds(1));
        network.partition(BOTH_WAYS);
        network.detach(N2);
        world.post(N1, N2, "a");
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(31));
    }

    @Test
    void aCrashReachesItsPeersAfterTheLatency() {
        world.post(N1, N2, "hello");
        world.runUntil(Duration.ofSeconds(1));

        network.detach(N2);
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofMillis(1001));
    }

    @Test
    void aQuickRestartBreaksTheOldConnection() {
        world.post(N1, N2, "hello");
        world.runUntil(Duration.ofSeconds(1));
        var partition = network.partition(BOTH_WAYS);
        network.detach(N2);
        world.attach(N2);
        world.runUntil(Duration.ofSeconds(2));
        partition.heal();
        world.post(N1, N2, "to the old one");
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofMillis(2002));
        assertThat(world.received(N2)).containsExactly("hello");
        world.post(N1, N2, "to the new one");
        world.run();
        assertThat(world.received(N2)).containsExactly("hello", "to the new one");
    }

    @Test
    void whatACrashedNodeHadNotSentIsGone() {
        var slow = new NetworkWorld(1, NetworkWorld.steadySettings().withBandwidth(1_000)).attach(N1, N2);
        for (int i = 0; i < 5; i++) {
            slow.post(N1, N2, "p" + i);
        }
        slow.runUntil(Duration.ofMillis(150));
        slow.network.detach(N1);
        slow.run();

        assertThat(slow.received(N2)).containsExactly("p0");
        assertThat(slow.losses(N2)).hasSize(1);
    }

    @Test
    void aCrashedNodeSendsNothing() {
        network.detach(N1);

        world.post(N1, N2, "a");
        world.radio(N1, N2, "a");
        world.post(N1, N1, "a");
        world.run();

        assertThat(world.told).isEmpty();
    }

    @Test
    void aPermanentDropEndsInALostConnection() {
        network.install((from, to, channel, message) -> Verdict.DROP);

        world.post(N1, N2, "a");
        world.run();

        assertThat(world.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void patienceMayDifferByChannel() {
        var tcp = NetworkSettings.Tcp.defaults().withUserTimeout("post", Duration.ofSeconds(3));
        var brisk = new NetworkWorld(1, NetworkWorld.steadySettings().with(tcp)).attach(N1, N2);
        brisk.network.partition(BOTH_WAYS);

        brisk.post(N1, N2, "a");
        brisk.run();

        assertThat(brisk.losses(N1)).extracting(Told::at).containsExactly(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void betweenTwoLossesEachEndHearsAnUnbrokenPrefixOfWhatWasSent(long seed) {
        var random = Randomness.of(seed);
        var chaos = new NetworkWorld(seed, NetworkSettings.defaults()).attach(N1, N2);
        int[] sent = {0};
        for (int step = 0; step < 600; step++) {
            var at = Duration.ofMillis(random.nextInt(300_000));
            switch (random.nextInt(20)) {
                case 0 ->
                    chaos.at(
                            at,
                            () -> chaos.network.partition(BOTH_WAYS).during(Duration.ofMillis(random.nextInt(60_000))));
                case 1 ->
                    chaos.at(
                            at, () -> chaos.network.partition(THERE).during(Duration.ofMillis(random.nextInt(60_000))));
                case 2 ->
                    chaos.at(at, () -> chaos.network.partition(BACK).during(Duration.ofMillis(random.nextInt(60_000))));
                case 3 -> chaos.at(at, () -> restart(chaos, random));
                default -> chaos.at(at, () -> chaos.post(N1, N2, Integer.toString(sent[0]++)));
            }
        }
        chaos.run();

        int last = -1;
        for (var text : chaos.received(N2)) {
            assertThat(Integer.parseInt(text)).isGreaterThan(last);
            last = Integer.parseInt(text);
        }
        chaos.post(N1, N2, "900000");
        chaos.run();
        if (!chaos.received(N2).contains("900000")) {
            chaos.post(N1, N2, "900001");
            chaos.run();
            assertThat(chaos.received(N2)).contains("900001");
        }
    }

    private static void restart(NetworkWorld chaos, Randomness random) {
        var node = random.chance(0.5) ? N1 : N2;
        chaos.network.detach(node);
        chaos.at(chaos.clock.now().plusMillis(random.nextInt(20_000)), () -> chaos.attach(node));
    }

    private void dropFirst(int count) {
        int[] left = {count};
        network.install((from, to, channel, message) -> left[0]-- > 0 ? Verdict.DROP : Verdict.PASS);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }
}
