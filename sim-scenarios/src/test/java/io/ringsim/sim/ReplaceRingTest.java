package io.ringsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.engine.SyncMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rings in which a dead node is replaced, with both memberships. */
class ReplaceRingTest {
    private static final int SEEDS = 6;
    private static final Duration HOURS = Duration.ofHours(3);
    private static final Invariant[] AT_REST = {
        Invariant.viewsAgree(),
        Invariant.replicasHoldTheirRanges(),
        Invariant.sessionsAgree(),
        Invariant.operationsLeaveTheRingAsAnnounced(),
        Invariant.nothingLeaks()
    };

    private static SimulatedRing ring(MembershipKind membership, long seed) {
        return SimulatedRing.of(5)
                .data(10L << 20, 2)
                .seed(seed)
                .settings(RingSettings.defaults().with(membership))
                .start();
    }

    /** Which one dies is different from seed to seed: the first three are those through whom others find the ring. */
    private static SimulatedNode dead(SimulatedRing ring) {
        var node = ring.node("n" + (1 + ring.seed() % 5));
        ring.runFor(Duration.ofSeconds(5));
        node.crash();
        ring.runFor(Duration.ofMinutes(1));
        return node;
    }

    @ParameterizedTest
    @EnumSource
    void aNodeOfAnotherNameTakesTheDeadOnesPlace(MembershipKind membership) {
        for (long seed : Seeds.upTo(SEEDS)) {
            try (var ring = ring(membership, seed)) {
                var dead = dead(ring);
                var node = ring.add("n6");
                ring.runFor(Duration.ofSeconds(5));

                var replacing = node.replace(dead.id().value());
                ring.runUntil(replacing::isDone, HOURS);

                assertThat(replacing.outcome()).get().isInstanceOf(Operation.Completed.class);
                ring.runFor(Duration.ofSeconds(70));
                ring.expect(AT_REST);
                for (var state : ring.look()) {
                    var view = state.surroundings().view();
                    assertThat(view.ring().isMember(dead.id())).isFalse();
                    assertThat(view.ring().tokensOf(node.id())).isEqualTo(dead.tokens());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatLostItsDiskTakesItsOwnPlaceAnew(MembershipKind membership) {
        for (long seed : Seeds.upTo(SEEDS / 2)) {
            try (var ring = ring(membership, seed)) {
                var node = dead(ring);
                node.loseDisk();
                node.restart();
                ring.runFor(Duration.ofSeconds(5));

                var refused = node.bootstrap();
                ring.runUntil(refused::isDone, HOURS);
                assertThat(refused.outcome())
                        .get()
                        .isInstanceOfSatisfying(
                                Operation.Refused.class,
                                refusal -> assertThat(refusal.reason())
                                        .startsWith("A node with address " + node + " already exists"));
                ring.runFor(Duration.ofSeconds(70));
                assertEverybodyKnowsTheDead(ring, node);

                var replacing = node.replace(node.id().value());
                ring.runUntil(() -> replacing.step().contains("sleeping"), HOURS);
                ring.runFor(Duration.ofSeconds(20));
                assertEverybodyKnowsTheDead(ring, node);
                ring.runUntil(replacing::isDone, HOURS);

                assertThat(replacing.outcome()).get().isInstanceOf(Operation.Completed.class);
                assertThat(node.mode()).isEqualTo(Mode.NORMAL);
                ring.runFor(Duration.ofSeconds(70));
                ring.expect(AT_REST);
                for (var state : others(ring, node)) {
                    assertThat(state.surroundings().up()).contains(node.id());
                }
            }
        }
    }

    private static void assertEverybodyKnowsTheDead(SimulatedRing ring, SimulatedNode dead) {
        for (var state : others(ring, dead)) {
            var view = state.surroundings().view();
            assertThat(view.ring().tokensOf(dead.id()))
                    .as(state.node() + "'s view")
                    .isEqualTo(dead.tokens());
            assertThat(view.joining()).isEmpty();
            assertThat(state.surroundings().up()).as("up for " + state.node()).doesNotContain(dead.id());
        }
    }

    private static List<Node.State> others(SimulatedRing ring, SimulatedNode node) {
        return ring.look().stream()
                .filter(state -> !state.node().equals(node.id()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theReplacedIsForgottenByWhoWasAwayMeanwhile(MembershipKind membership) {
        try (var ring = ring(membership, 7)) {
            var dead = dead(ring);
            var node = ring.add("n6");
            ring.runFor(Duration.ofSeconds(5));
            var away = ring.node("n5");
            away.crash();
            ring.runFor(Duration.ofMinutes(1));
            var replacing = node.replace(dead.id().value());
            ring.runUntil(replacing::isDone, HOURS);
            assertThat(replacing.outcome()).get().isInstanceOf(Operation.Completed.class);

            away.restart();
            ring.runFor(Duration.ofMinutes(2));

            ring.expect(Invariant.viewsAgree(), Invariant.replicasHoldTheirRanges());
        }
    }

    @Test
    void whatAQuorumAcknowledgedEveryLaterQuorumReadsWhileANodeIsReplaced() {
        var violations = new ArrayList<String>();
        int acknowledged = 0;
        for (long seed = 1; seed <= 2; seed++) {
            var settings = RingSettings.defaults().with(SyncMode.batch());
            try (var ring = SimulatedRing.of(5)
                    .rows(20, 100)
                    .seed(seed)
                    .settings(settings)
                    .start()) {
                var clients = new Clients(ring, Randomness.of(seed).fork("clients"));
                clients.runFor(Duration.ofSeconds(5));
                ring.node("n4").crash();
                clients.runFor(Duration.ofSeconds(20));
                var replacing = ring.add("n6").replace("n4");
                while (!replacing.isDone()) {
                    clients.step();
                }
                assertThat(replacing.outcome()).get().isInstanceOf(Operation.Completed.class);
                clients.runFor(Duration.ofSeconds(20));
                clients.readAll();
                violations.addAll(clients.violations());
                acknowledged += clients.acknowledged();
            }
        }

        assertThat(violations).isEmpty();
        assertThat(acknowledged).isGreaterThan(300);
    }
}
