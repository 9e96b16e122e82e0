package io.ringsim.network;

import static io.ringsim.network.NetworkWorld.N1;
import static io.ringsim.network.NetworkWorld.N2;
import static io.ringsim.network.NetworkWorld.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.network.NetworkWorld.Told;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final LinkSet THERE = LinkSet.oneWay(List.of(N1), List.of(N2));

    private final NetworkWorld world = NetworkWorld.steady().attach(N1, N2, N3);
    private final SimulatedNetwork network = world.network;

    @Test
    void aPartitionStopsDatagramsBothWaysAndNobodyElses() {
        network.partition(LinkSet.between(List.of(N1), List.of(N2)));

        world.radio(N1, N2, "a");
        world.radio(N2, N1, "b");
        world.radio(N1, N3, "c");
        world.run();

        assertThat(world.told).extracting(Told::text).containsExactly("c");
    }

    @Test
    void aOneWayPartitionLetsTheOtherWayThrough() {
        network.partition(THERE);

        world.radio(N1, N2, "a");
        world.radio(N2, N1, "b");
        world.run();

        assertThat(world.told).extracting(Told::text).containsExactly("b");
    }

    @Test
    void overlappingPartitionsHealOneByOne() {
        var first = network.partition(LinkSet.around(List.of(N1)));
        var second = network.partition(THERE);

        first.heal();
        world.radio(N1, N2, "a");
        world.radio(N1, N3, "b");
        world.run();
        second.heal();
        second.heal();
        world.radio(N1, N2, "c");
        world.run();

        assertThat(world.told).extracting(Told::text).containsExactly("b", "c");
    }

    @Test
    void aNodeAlwaysReachesItself() {
        network.partition(LinkSet.all());
        network.install((from, to, channel, message) -> Verdict.DROP);

        world.radio(N1, N1, "a");
        world.post(N1, N1, "b");
        world.run();

        assertThat(world.told)
                .extracting(Told::text, Told::at)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("a", Duration.ZERO),
                        org.assertj.core.api.Assertions.tuple("b", Duration.ZERO));
    }

    @Test
    void holdsWhatIsOnItsWayAndWhatIsSentUntilReleased() {
        world.radio(N1, N2, "on its way");
        world.post(N1, N2, "first");
        world.runUntil(Duration.ofNanos(500_000));
        var hold = network.hold(THERE);
        world.post(N1, N2, "second");
        world.radio(N1, N3, "elsewhere");
        world.runUntil(Duration.ofMinutes(10));
        assertThat(world.told).extracting(Told::text).containsExactly("elsewhere");
        assertThat(hold.waiting()).isEqualTo(3);

        hold.release();
        world.run();

        assertThat(world.received(N2)).containsExactly("on its way", "first", "second");
        assertThat(world.losses(N1)).isEmpty();
    }

    @Test
    void theFirstVerdictThatIsNotPassDecides() {
        network.install((from, to, channel, message) -> Verdict.PASS);
        var slow = network.install((from, to, channel, message) -> Verdict.deliverAfter(Duration.ofSeconds(1)));
        network.install((from, to, channel, message) -> Verdict.DROP);

        world.radio(N1, N2, "slow");
        world.run();
        slow.uninstall();
        world.radio(N1, N2, "dropped");
        world.run();

        assertThat(world.told)
                .extracting(Told::text, Told::at)
                .containsExactly(org.assertj.core.api.Assertions.tuple("slow", Duration.ofSeconds(1)));
    }

    @Test
    void aRuleSeesWhatIsSentToWhom() {
        var seen = new ArrayList<String>();
        network.install((from, to, channel, message) -> {
            seen.add(from + "->" + to + " " + channel.name() + " " + message);
            return Verdict.PASS;
        });

        world.post(N1, N2, "a");
        world.radio(N2, N3, "b");
        world.run();

        assertThat(seen).containsExactly("n1->n2 post a", "n2->n3 radio b");
    }

    @Test
    void datagramsAreLostDuplicatedAndOvertakenAsOftenAsAskedFor() {
        network.impair(LinkSet.all(), 0.1, 0.05, 0.02);
        for (int i = 0; i < 20_000; i++) {
            int number = i;
            world.at(Duration.ofNanos(10_000L * i), () -> world.radio(N1, N2, Integer.toString(number)));
        }
        world.run();

        var numbers = world.received(N2).stream().map(Integer::valueOf).toList();
        long distinct = numbers.stream().distinct().count();
        assertThat((double) distinct).isCloseTo(18_000, within(200.0));
        assertThat((double) (numbers.size() - distinct)).isCloseTo(900, within(120.0));
        int overtaken = 0;
        int highest = -1;
        for (int number : numbers) {
            overtaken += number < highest ? 1 : 0;
            highest = Math.max(highest, number);
        }
        assertThat((double) overtaken).isCloseTo(360, within(80.0));
    }

    @Test
    void datagramsKeepTheirOrderOnALinkThatDoesNotReorder() {
        var jittery = new NetworkWorld(3, NetworkSettings.defaults()).attach(N1, N2);
        var sent = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            sent.add("d" + i);
            int number = i;
            jittery.at(Duration.ofNanos(50_000L * i), () -> jittery.radio(N1, N2, sent.get(number)));
        }
        jittery.run();

        assertThat(jittery.received(N2)).isEqualTo(sent);
    }

    @Test
    void latencyDependsOnWhereTheNodesStand() {
        var settings = NetworkSettings.defaults()
                .withBandwidth(NetworkSettings.UNLIMITED)
                .withinDatacenters(LinkQuality.of(Latency.parse("2ms")))
                .withinRacks(LinkQuality.of(Latency.parse("1ms")))
                .betweenDatacenters(LinkQuality.of(Latency.parse("30ms")));
        var world = new NetworkWorld(1, settings).attach(N1, N2, N3, new NodeId("n4"), new NodeId("n5"));
        world.network.place(N1, new Location("dc1", "r1"));
        world.network.place(N2, new Location("dc1", "r1"));
        world.network.place(N3, new Location("dc1", "r2"));
        world.network.place(new NodeId("n4"), new Location("dc2", "r1"));
        world.network.override(N1, new NodeId("n5"), LinkQuality.of(Latency.parse("7ms")));

        for (int n = 2; n <= 5; n++) {
            world.radio(N1, new NodeId("n" + n), "to n" + n);
        }
        world.run();

        assertThat(world.told)
                .extracting(Told::text, told -> told.at().toMillis())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("to n2", 1L),
                        org.assertj.core.api.Assertions.tuple("to n3", 2L),
                        org.assertj.core.api.Assertions.tuple("to n5", 7L),
                        org.assertj.core.api.Assertions.tuple("to n4", 30L));
    }

    @Test
    void aProbeTellsWhatADatagramWouldMeet() {
        assertThat(probe()).isEqualTo(1_000_000);
        var partition = network.partition(THERE);
        assertThat(probe()).isEqualTo(Route.LOST);
        partition.heal();
        var rule = network.install((from, to, channel, message) -> Verdict.DROP);
        assertThat(probe()).isEqualTo(Route.LOST);
        rule.uninstall();
        network.detach(N2);
        assertThat(probe()).isEqualTo(Route.LOST);

        assertThat(network.traffic().sentBy(N1).get("Letter")).isEqualTo(new Traffic.Amount(4, 400));
        world.run();
        assertThat(world.told).isEmpty();
    }

    @Test
    void observersHearWhatGoesWrong() {
        var heard = new ArrayList<String>();
        network.observe(new NetworkObserver() {
            @Override
            public void partitioned(Partition partition) {
                heard.add("partitioned " + partition.links());
            }

            @Override
            public void healed(Partition partition) {
                heard.add("healed " + partition.links());
            }

            @Override
            public void connectionLost(NodeId node, NodeId peer, Channel<?> channel, String reason) {
                heard.add(node + " lost " + peer + " on " + channel.name() + ": " + reason);
            }

            @Override
            public void dropped(NodeId from, NodeId to, Channel<?> channel, WireMessage message, String reason) {
                heard.add(from + "->" + to + " " + message + ": " + reason);
            }
        });

        var partition = network.partition(THERE);
        world.radio(N1, N2, "a");
        partition.heal();
        network.detach(N2);
        world.radio(N1, N2, "b");
        world.post(N1, N2, "c");
        world.run();

        assertThat(heard)
                .containsExactly(
                        "partitioned [n1] -> [n2]",
                        "n1->n2 a: partition",
                        "healed [n1] -> [n2]",
                        "n1->n2 b: nobody listens",
                        "n1 lost n2 on post: connection reset by n2");
    }

    @Test
    void healAllEndsEverything() {
        network.partition(LinkSet.all());
        network.hold(LinkSet.all());
        network.impair(LinkSet.all(), 1, 0, 0);

        network.healAll();
        world.radio(N1, N2, "a");
        world.run();

        assertThat(world.received(N2)).containsExactly("a");
    }

    private long probe() {
        return network.probe(N1, N2, Letter.RADIO, Letter.of("beat"));
    }
}
