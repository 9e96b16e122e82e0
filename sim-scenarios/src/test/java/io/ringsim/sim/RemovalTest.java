package io.ringsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.operation.OperationSettings;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.engine.SyncMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies for good and is removed, while clients write and read at QUORUM through all others. */
class RemovalTest {
    private static final int SEEDS = 10;
    private static final OperationSettings OPERATIONS =
            OperationSettings.defaults().withRingDelay(Duration.ofSeconds(5));
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Invariant[] AT_REST = {
        Invariant.viewsAgree(),
        Invariant.replicasHoldTheirRanges(),
        Invariant.sessionsAgree(),
        Invariant.operationsLeaveTheRingAsAnnounced(),
        Invariant.nothingLeaks()
    };

    @ParameterizedTest
    @EnumSource(MembershipKind.class)
    void itsRangesAreRestoredNoAcknowledgedWriteIsLostAndItStaysOut(MembershipKind membership) {
        int acknowledged = 0;
        var seeds = Seeds.upTo(SEEDS);
        for (long seed : seeds) {
            acknowledged += remove(membership, seed);
        }
        assertThat(acknowledged).isGreaterThan(seeds.length * 30);
    }

    /** How many writes were acknowledged. */
    private static int remove(MembershipKind membership, long seed) {
        var settings =
                RingSettings.defaults().with(SyncMode.batch()).with(membership).with(OPERATIONS);
        try (var ring =
                SimulatedRing.of(5).rows(60, 100).seed(seed).settings(settings).start()) {
            var chance = Randomness.of(seed).fork("clients");
            var clients = new Clients(ring, chance);
            clients.runFor(Duration.ofSeconds(2));
            var dead = chance.pick(List.copyOf(ring.nodes()));
            dead.crash();
            while (ring.look().stream().anyMatch(state -> isUp(state, dead))) {
                ring.runFor(Duration.ofSeconds(1));
                clients.step();
            }

            var running = ring.nodes().stream().filter(SimulatedNode::isRunning).toList();
            var removal = chance.pick(running).remove(dead.id());
            while (!removal.isDone()) {
                clients.step();
            }
            assertThat(removal.outcome()).as("seed %s", seed).get().isInstanceOf(Operation.Completed.class);
            clients.runFor(SETTLING);
            ring.expect(AT_REST);

            dead.restart();
            clients.runFor(SETTLING);
            clients.readAll();
            assertThat(dead.mode()).as("seed %s", seed).isEqualTo(Mode.DRAINED);
            assertThat(ring.look().stream().filter(state -> !state.node().equals(dead.id())))
                    .as("seed %s", seed)
                    .hasSize(4)
                    .noneMatch(state -> knows(state, dead));
            ring.expect(AT_REST);
            assertThat(clients.violations()).as("seed %s", seed).isEmpty();
            assertThat(clients.unanswered()).as("seed %s", seed).isEmpty();
            return clients.acknowledged();
        }
    }

    private static boolean knows(Node.State state, SimulatedNode dead) {
        return state.surroundings().view().knows(dead.id()) || isUp(state, dead);
    }

    private static boolean isUp(Node.State state, SimulatedNode dead) {
        return state.surroundings().up().contains(dead.id());
    }
}
