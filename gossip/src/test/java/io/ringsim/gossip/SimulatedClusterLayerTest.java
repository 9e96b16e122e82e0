package io.ringsim.gossip;

import static io.ringsim.gossip.ClusterWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.Status;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedClusterLayerTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anAnnouncementTakesADeltaTickAndANotifyTick(long seed) {
        try (var world = new ClusterWorld(seed).ring(5)) {
            double at = world.seconds();

            world.announce("n3", Status.LEAVING, 3);
            world.run(5);

            for (var name : List.of("n1", "n2", "n4", "n5")) {
                assertThat(world.heardAt(name, "knows n3 LEAVING [3]", at) - at).isBetween(0.0, 0.55);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aPartitionIsSeenOnBothSidesInTheTimePhiNeedsAndHeals(long seed) {
        try (var world = new ClusterWorld(seed).ring(6)) {
            double cut = world.seconds();
            var partition = world.network.partition(LinkSet.between(ids("n1", "n2", "n3"), ids("n4", "n5", "n6")));
            world.run(10);

            assertThat(world.heard("n1").up()).containsExactly("n2", "n3");
            assertThat(world.heard("n5").up()).containsExactly("n4", "n6");
            for (var peer : List.of("n4", "n5", "n6")) {
                assertThat(world.heardAt("n2", "down " + peer, cut) - cut).isBetween(3.5, 5.6);
            }

            double healed = world.seconds();
            partition.heal();
            world.run(10);

            assertThat(world.agrees()).isTrue();
            assertThat(world.heardAt("n2", "up n5", healed) - healed).isBetween(0.0, 2.2);
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void whatWasSaidDuringAPartitionIsKnownAfterIt() {
        try (var world = new ClusterWorld(5).ring(6)) {
            var partition = world.network.partition(LinkSet.around(ids("n4")));
            world.announce("n4", Status.LEAVING, 4);
            world.announce("n1", Status.MOVING, 1);
            world.run(30);
            partition.heal();
            world.run(10);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void convergesOverLinksThatLoseAFifthOfAllMessages(long seed) {
        var random = Randomness.of(seed);
        try (var world = new ClusterWorld(seed)) {
            world.network.impair(LinkSet.all(), 0.2, 0.1, 0.1);
            world.ring(10);
            for (int i = 0; i < 20; i++) {
                world.announce("n" + (1 + random.nextInt(10)), Status.NORMAL, random.nextInt(1_000));
                world.run(random.nextInt(3));
            }
            world.run(10);

            for (var name : world.running) {
                assertThat(world.heard(name).picture()).containsExactlyInAnyOrderElementsOf(world.announced.values());
            }
            assertThat(world.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void viewsAgreeWhenTheFaultsEnd(long seed) {
        var random = Randomness.of(seed);
        try (var world = new ClusterWorld(seed).ring(4 + random.nextInt(12))) {
            var nodes = new ArrayList<>(world.running);
            for (int i = 0; i < 40; i++) {
                disturb(world, nodes, random);
                world.runMillis(random.nextInt(8_000));
            }

            world.network.healAll();
            nodes.stream().filter(name -> !world.running.contains(name)).forEach(name -> {
                world.start(name);
                world.announce(name, Status.NORMAL, 1);
            });
            world.run(30);

            assertThat(world.agrees())
                    .as("pictures %s", world.heard("n1").events())
                    .isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    private static void disturb(ClusterWorld world, List<String> nodes, Randomness random) {
        var name = random.pick(nodes);
        boolean runs = world.running.contains(name);
        switch (random.nextInt(8)) {
            case 0 ->
                world.network.partition(LinkSet.around(ids(name))).during(Duration.ofMillis(random.nextInt(30_000)));
            case 1 ->
                world.network
                        .partition(LinkSet.oneWay(ids(name), ids(random.pick(nodes), random.pick(nodes))))
                        .during(Duration.ofMillis(random.nextInt(30_000)));
            case 2 -> {
                int half = nodes.size() / 2;
                world.network
                        .partition(LinkSet.between(
                                ids(nodes.subList(0, half).toArray(String[]::new)),
                                ids(nodes.subList(half, nodes.size()).toArray(String[]::new))))
                        .during(Duration.ofMillis(random.nextInt(60_000)));
            }
            case 3 -> world.network.impair(LinkSet.all(), 0.3, 0.1, 0.1);
            case 4 -> world.network.healAll();
            case 5 -> {
                if (runs) {
                    world.crash(name);
                }
            }
            default -> {
                if (!runs) {
                    world.start(name);
                }
                world.announce(name, Status.NORMAL, random.nextInt(100));
            }
        }
    }

    @Test
    void aNodeThatReachesNoContactPointHearsNothingAndKeepsTrying() {
        try (var world = new ClusterWorld(1).ring(3)) {
            var partition = world.network.partition(LinkSet.around(ids("n9")));
            var heard = world.start("n9");
            world.run(120);
            assertThat(heard.events()).isEmpty();

            partition.heal();
            world.run(6);

            assertThat(heard.picture()).containsExactlyInAnyOrderElementsOf(world.announced.values());
            assertThat(heard.up()).containsExactly("n1", "n2", "n3");
        }
    }

    @Test
    void contactPointsThatStartApartFindEachOther() {
        try (var world = new ClusterWorld(2)) {
            var partition = world.network.partition(LinkSet.all());
            world.start("n1");
            world.announce("n1", Status.NORMAL, 1);
            world.start("n2");
            world.announce("n2", Status.NORMAL, 2);
            world.run(30);
            partition.heal();
            world.run(10);

            assertThat(world.agrees()).isTrue();
        }
    }

    @Test
    void aJoinerThatGoesSilentIsForgottenAfterAMinuteAndNeverComesBackByOldNews() {
        try (var world = new ClusterWorld(3).ring(5)) {
            world.start("n6");
            world.announce("n6", Status.BOOT, 66);
            world.run(10);
            var partition = world.network.partition(LinkSet.between(ids("n5"), ids("n1", "n2", "n3", "n4")));
            double crashed = world.seconds();
            world.crash("n6");
            world.announced.remove("n6");
            world.run(120);
            assertThat(world.heardAt("n1", "removed n6", crashed) - crashed).isBetween(60.0, 68.0);
            partition.heal();
            world.run(60);

            assertThat(world.agrees()).isTrue();
            var late = world.start("n7");
            world.run(10);
            assertThat(late.picture()).noneMatch(line -> line.startsWith("n6"));
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aForgottenJoinerThatWasOnlyCutOffSpeaksUpAgain() {
        try (var world = new ClusterWorld(4).ring(5)) {
            world.start("n6");
            world.announce("n6", Status.BOOT, 66);
            world.run(10);
            var partition = world.network.partition(LinkSet.around(ids("n6")));
            world.run(100);
            assertThat(world.heard("n1").picture()).noneMatch(line -> line.startsWith("n6"));
            partition.heal();
            world.run(15);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aForgottenJoinerMayStartAgain() {
        try (var world = new ClusterWorld(4).ring(3)) {
            world.start("n6");
            world.announce("n6", Status.BOOT, 66);
            world.run(10);
            world.crash("n6");
            world.run(100);
            world.start("n6");
            world.announce("n6", Status.BOOT, 67);
            world.run(10);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aNodeThatLeftIsRememberedForThreeDaysByAllAndThenByNobody() {
        try (var world = new ClusterWorld(6).ring(4)) {
            world.announce("n4", Status.LEFT, 4);
            world.run(5);
            assertThat(world.heard("n1").up()).containsExactly("n2", "n3");
            world.stop("n4");
            var partition = world.network.partition(LinkSet.around(ids("n3")));
            world.simulation.runFor(Duration.ofDays(3).minusSeconds(30));
            assertThat(world.heard("n1").picture()).contains("n4 LEFT [4]");
            world.run(60);
            assertThat(world.heard("n1").picture()).noneMatch(line -> line.startsWith("n4"));
            partition.heal();
            world.announced.remove("n4");
            world.run(30);

            assertThat(world.agrees()).isTrue();
            assertThat(world.heard("n1").events())
                    .filteredOn(event -> event.contains("n4"))
                    .endsWith(world.heard("n1").events().stream()
                            .filter(event -> event.endsWith("removed n4"))
                            .toArray(String[]::new));
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aNodeThatLeftMayJoinAgain() {
        try (var world = new ClusterWorld(6).ring(3)) {
            world.announce("n3", Status.LEFT, 3);
            world.run(5);
            world.crash("n3");
            world.run(30);
            world.start("n3");
            world.announce("n3", Status.BOOT, 33);
            world.run(10);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aShutDownNodeIsDownAtOnceAndUpWhenItStartsAgain() {
        try (var world = new ClusterWorld(7).ring(4)) {
            world.announce("n2", Status.SHUTDOWN, 2);
            world.run(1);
            assertThat(world.heard("n1").up()).containsExactly("n3", "n4");
            world.stop("n2");
            world.run(30);
            world.network.detach(ClusterWorld.id("n2"));
            world.start("n2");
            world.announce("n2", Status.NORMAL, 2);
            world.run(10);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aQuickRestartIsNewsWithoutGoingDown() {
        try (var world = new ClusterWorld(8).ring(4)) {
            world.crash("n2");
            world.run(1);
            world.start("n2");
            world.announce("n2", Status.NORMAL, 22);
            world.run(20);

            assertThat(world.agrees()).isTrue();
            assertThat(world.heard("n3").events()).noneMatch(event -> event.endsWith("down n2"));
        }
    }

    @Test
    void aRingAtRestKnowsItselfFromTheStartAndSaysNothing() {
        try (var world = new ClusterWorld(9).ringAtRest(30)) {
            world.run(30);

            assertThat(world.agrees()).isTrue();
            assertThat(world.network.traffic().total()).containsOnlyKeys("Heartbeat", "HeartbeatReply", "Status");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void inALargeRingAllHearOfACrashThatNineOfThemSee(long seed) {
        try (var world = new ClusterWorld(seed).ringAtRest(100)) {
            world.run(15);
            double crashed = world.seconds();
            world.crash("n50");
            world.run(20);
            assertThat(world.agrees()).isTrue();
            double last = world.running.stream()
                    .mapToDouble(name -> world.heardAt(name, "down n50", crashed))
                    .max()
                    .orElseThrow();
            assertThat(last - crashed).isBetween(3.5, 9.0);

            world.start("n50");
            world.announce("n50", Status.NORMAL, 50);
            world.run(20);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void halfOfALargeRingMissesTheOtherAndFindsItAgain() {
        try (var world = new ClusterWorld(3).ringAtRest(60)) {
            world.run(15);
            var half = new ArrayList<>(world.running).subList(0, 30);
            var partition = world.network.partition(
                    LinkSet.around(half.stream().map(ClusterWorld::id).toList()));
            world.run(60);
            for (var name : world.running) {
                assertThat(world.heard(name).up())
                        .hasSize(29)
                        .allMatch(peer -> half.contains(peer) == half.contains(name));
            }
            partition.heal();
            world.run(30);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void nobodyIsMissedOnAHealthyNetworkForHours() {
        try (var world = new ClusterWorld(4).ringAtRest(20)) {
            var rule = world.network.install((from, to, channel, message) -> io.ringsim.network.Verdict.PASS);
            world.simulation.runFor(Duration.ofHours(1));
            rule.uninstall();
            world.simulation.runFor(Duration.ofHours(1));

            assertThat(world.heard("n1").events()).noneMatch(event -> event.contains("down"));
        }
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var histories = new ArrayList<List<String>>();
        for (long seed : new long[] {5, 5, 6}) {
            try (var world = new ClusterWorld(seed, NetworkSettings.defaults(), "n1").ring(8)) {
                world.network.impair(LinkSet.all(), 0.2, 0, 0);
                world.announce("n3", Status.LEAVING, 3);
                world.crash("n4");
                world.run(30);
                histories.add(world.members.all().values().stream()
                        .flatMap(heard -> heard.events().stream())
                        .toList());
            }
        }

        assertThat(histories.get(0)).isEqualTo(histories.get(1)).isNotEqualTo(histories.get(2));
    }
}
