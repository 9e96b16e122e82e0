package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings of gossipers: who learns what, and when. */
class GossiperTest {
    private static final List<NodeId> SEEDS = GossipWorld.ids("n1", "n2");

    @ParameterizedTest
    @ValueSource(strings = {"0.6", "2.1", "4.1"})
    void aRingFindsItselfInEveryProfile(String profile) {
        try (var world = new GossipWorld(1, settings(profile)).ring(6)) {
            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aRingAtRestKnowsItselfFromTheStartAndOnlyExchangesHeartbeats() {
        try (var world = new GossipWorld(2).ringAtRest(30)) {
            world.run(120);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
            assertThat(world.network.traffic().total()).containsOnlyKeys("Syn", "Ack", "Ack2");
            assertThat(world.heard("n7").events()).noneMatch(event -> event.contains("down"));
        }
    }

    @Test
    void aRoundSendsOneSynToALiveNodeAndNowAndThenOneToASeed() {
        try (var world = new GossipWorld(3).ringAtRest(40)) {
            world.run(200);

            var syns = java.util.Objects.requireNonNull(
                    world.network.traffic().total().get("Syn"));
            assertThat(syns.messages() / (40 * 200.0)).isBetween(1.02, 1.08);
        }
    }

    @Test
    void subscribersHearThatANodeJoinedBeforeItIsAlive() {
        try (var world = new GossipWorld(4).ring(2).recording()) {
            world.start("n3");
            world.announce("n3", Status.BOOT, 3);
            world.run(20);

            assertThat(ofNode(world, "n1", "n3")).startsWith("Joined", "Alive");
        }
    }

    @Test
    void aRestartIsToldAndReplacesTheWholeState() {
        try (var world = new GossipWorld(5).ring(4).recording()) {
            world.crash("n3");
            world.run(3);
            world.start("n3");
            world.announce("n3", Status.NORMAL, 33);
            world.run(20);

            assertThat(ofNode(world, "n1", "n3")).startsWith("Restarted", "Dead", "Joined", "Alive");
            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aCrashIsConvictedAfterEighteenToTwentyFiveSecondsAndIsNoRemoval() {
        try (var world = new GossipWorld(6).ringAtRest(10)) {
            world.run(60);
            double crashed = world.seconds();
            world.crash("n5");
            world.run(40);

            for (var name : world.running) {
                assertThat(world.heardAt(name, "down n5", crashed).orElseThrow() - crashed)
                        .isBetween(17.0, 30.0);
            }
            assertThat(world.agrees()).isTrue();
        }
    }

    @Test
    void aStateThatArrivesIsNotAliveBeforeTheEchoIsAnswered() {
        try (var world = new GossipWorld(7).ring(3)) {
            var cut = world.network.partition(
                    LinkSet.between(List.of(GossipWorld.id("n3")), List.of(GossipWorld.id("n4"))));
            world.start("n4");
            world.announce("n4", Status.NORMAL, 4);
            world.run(30);

            assertThat(world.heard("n1").up()).contains("n4");
            assertThat(world.heard("n3").picture()).contains("n4 NORMAL [4]");
            assertThat(world.heard("n3").up()).doesNotContain("n4");
            cut.heal();
            world.run(20);
            assertThat(world.agrees()).isTrue();
        }
    }

    @Test
    void aNodeThatShutsDownIsDownAtOnceAndUpWhenItStartsAgain() {
        try (var world = new GossipWorld(8).ring(4)) {
            world.stop("n2");
            world.run(1);
            assertThat(world.heard("n1").up()).containsExactly("n3", "n4");
            assertThat(world.heard("n1").picture()).contains("n2 SHUTDOWN [2]");
            world.run(30);
            world.network.detach(GossipWorld.id("n2"));
            world.start("n2");
            world.announce("n2", Status.NORMAL, 2);
            world.run(20);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aJoinerThatStopsSaysNothingAndIsForgotten() {
        try (var world = new GossipWorld(19).ring(3).recording()) {
            world.start("n4");
            world.announce("n4", Status.BOOT, 4);
            world.run(30);
            world.stop("n4");
            world.run(60);

            assertThat(world.network.traffic().total()).doesNotContainKey("Shutdown");
            assertThat(ofNode(world, "n1", "n4")).containsExactly("Joined", "Alive", "Dead", "Removed");
        }
    }

    @Test
    void aLoadReportedWhileANodeStopsIsNotTakenForItsLastWord() {
        try (var world = new GossipWorld(20).ring(3)) {
            world.stop("n2");
            world.runMillis(500);
            world.members.tell("n2", new Membership.Report(5));
            world.run(60);

            assertThat(world.heard("n1").picture()).contains("n2 SHUTDOWN [2]");
            assertThat(world.heard("n1").up()).containsExactly("n3");
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aNodeOfAnotherClusterIsRefusedBothWays() {
        try (var world = new GossipWorld(9).ring(3)) {
            world.own.put("n4", GossipSettings.defaults(SEEDS).withClusterName("Other Cluster"));
            world.start("n4");
            world.announce("n4", Status.NORMAL, 4);
            world.run(90);

            assertThat(world.heard("n1").picture()).hasSize(3);
            assertThat(world.heard("n4").picture()).containsExactly("n4 NORMAL [4]");
        }
    }

    @Test
    void aNodeWithAnotherPartitionerIsRefusedFromProfile21On() {
        try (var world = new GossipWorld(10).ring(3);
                var old = new GossipWorld(10, GossipSettings.profile06(SEEDS)).ring(3)) {
            world.own.put("n4", GossipSettings.defaults(SEEDS).withPartitioner("RandomPartitioner"));
            old.own.put("n4", GossipSettings.profile06(SEEDS).withPartitioner("RandomPartitioner"));
            for (var ring : List.of(world, old)) {
                ring.start("n4");
                ring.announce("n4", Status.NORMAL, 4);
                ring.run(30);
            }

            assertThat(world.heard("n1").picture()).hasSize(3);
            assertThat(old.heard("n1").picture()).hasSize(4);
        }
    }

    @Test
    void aNewNodeLooksAtTheRingWithoutBeingPartOfItUntilASeedAnswers() {
        try (var world = new GossipWorld(11).ring(3).recording()) {
            var cut = world.network.partition(LinkSet.around(GossipWorld.ids("n4")));
            world.start("n4");
            world.announce("n4", Status.BOOT, 4);
            world.run(20);
            assertThat(world.network.traffic().sentBy(GossipWorld.id("n4"))).containsOnlyKeys("Syn");
            cut.heal();
            world.run(30);

            assertThat(world.agrees()).isTrue();
            assertThat(world.events).anyMatch(event -> event.endsWith("n1: Joined n4"));
        }
    }

    @Test
    void seedsThatStartTogetherNeedNobodyElse() {
        try (var world = new GossipWorld(12, GossipSettings.profile41(SEEDS))) {
            for (int i = 1; i <= 4; i++) {
                world.start("n" + i);
                world.announce("n" + i, Status.NORMAL, i);
            }
            world.run(30);

            assertThat(world.agrees()).isTrue();
        }
    }

    @Test
    void aSilentJoinerIsForgottenQuarantinedAndMayComeBack() {
        try (var world = new GossipWorld(13).ring(3)) {
            world.start("n4");
            world.announce("n4", Status.BOOT, 4);
            world.run(30);
            double cutAt = world.seconds();
            var cut = world.network.partition(LinkSet.around(GossipWorld.ids("n4")));
            world.run(50);
            double removed = world.heardAt("n1", "removed n4", cutAt).orElseThrow();
            assertThat(removed - cutAt).isBetween(28.0, 36.0);
            cut.heal();
            world.run(30);
            assertThat(world.heard("n1").picture()).hasSize(3);
            world.run(60);

            double again = world.heardAt("n1", "knows n4 BOOT [4]", removed).orElseThrow();
            assertThat(again - removed).isGreaterThan(60);
            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void aNodeThatNeverSaidAStatusIsAFatClientAndLeavesNoTrace() {
        try (var world = new GossipWorld(14).ring(3).recording()) {
            world.start("n9");
            world.run(20);
            assertThat(ofNode(world, "n1", "n9")).startsWith("Joined", "Alive");
            world.crash("n9");
            world.run(40);

            assertThat(ofNode(world, "n1", "n9")).contains("Removed");
            assertThat(world.heard("n1").events()).noneMatch(event -> event.contains("n9"));
        }
    }

    @Test
    void aNodeThatLeftIsForgottenWhenItsTimeIsOverAndStaysForgotten() {
        try (var world = new GossipWorld(15).ring(4)) {
            world.announce("n4", Status.LEAVING, 4);
            world.run(10);
            world.announce("n4", Status.LEFT, 4);
            world.run(10);
            world.stop("n4");
            assertThat(world.heard("n1").picture()).contains("n4 LEFT [4]");
            assertThat(world.heard("n1").up()).containsExactly("n2", "n3");
            world.simulation.runFor(Duration.ofDays(3));
            world.run(60);

            world.announced.remove("n4");
            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
            for (var name : world.running) {
                assertThat(world.heard(name).events())
                        .filteredOn(event -> event.endsWith("removed n4"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aLoadReachesEverybodyWithinSeconds() {
        try (var world = new GossipWorld(16).ringAtRest(50)) {
            world.run(10);
            world.members.tell("n17", new Membership.Report(12_345));
            world.run(10);

            for (var name : world.running) {
                assertThat(world.heard(name).load("n17")).isEqualTo(12_345);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void littleLossConvictsNobody(double loss) {
        try (var world = new GossipWorld(17).ringAtRest(20)) {
            world.network.impair(LinkSet.all(), loss, 0, 0);
            world.simulation.runFor(Duration.ofMinutes(20));

            assertThat(world.running)
                    .allSatisfy(
                            name -> assertThat(world.heard(name).events()).noneMatch(event -> event.contains("down")));
        }
    }

    @Test
    void halfARingMissesTheOtherAndFindsItAgain() {
        try (var world = new GossipWorld(18).ringAtRest(20)) {
            world.run(15);
            var half = new ArrayList<>(world.running).subList(0, 10);
            var partition = world.network.partition(
                    LinkSet.around(half.stream().map(GossipWorld::id).toList()));
            world.run(90);
            for (var name : world.running) {
                assertThat(world.heard(name).up())
                        .hasSize(9)
                        .allMatch(peer -> half.contains(peer) == half.contains(name));
            }
            partition.heal();
            world.run(60);

            assertThat(world.agrees()).isTrue();
            assertThat(world.violations()).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var histories = new ArrayList<List<String>>();
        for (long seed : new long[] {5, 5, 6}) {
            try (var world = new GossipWorld(seed).recording().ring(6)) {
                world.network.impair(LinkSet.all(), 0.2, 0, 0);
                world.announce("n3", Status.LEAVING, 3);
                world.crash("n4");
                world.run(40);
                histories.add(world.events);
            }
        }

        assertThat(histories.get(0)).isEqualTo(histories.get(1)).isNotEqualTo(histories.get(2));
    }

    private static GossipSettings settings(String profile) {
        return switch (profile) {
            case "0.6" -> GossipSettings.profile06(SEEDS);
            case "4.1" -> GossipSettings.profile41(SEEDS);
            default -> GossipSettings.profile21(SEEDS);
        };
    }

    /** The kinds of events one node's subscribers heard of another. */
    private static List<String> ofNode(GossipWorld world, String by, String of) {
        return world.events.stream()
                .map(event -> event.substring(event.indexOf(' ') + 1))
                .filter(event -> event.startsWith(by + ": ") && event.endsWith(" " + of))
                .map(event -> event.substring(by.length() + 2, event.lastIndexOf(' ')))
                .toList();
    }
}
