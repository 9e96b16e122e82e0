package io.ringsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import io.ringsim.operation.Operation;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.engine.SyncMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one client wrote or read at QUORUM every later one reads at QUORUM, while one node after the other is out of order
 * and while the ring grows. {@code -Dringsim.seeds=N} or
 * {@code -Dringsim.seeds=A..B} says which seeds, {@code -Dringsim.seed=N} that it is one only.
 */
class QuorumTest {
    private static final int SEEDS = 50;
    private static final int FAULTS = 2;
    private static final Duration SETTLING = Duration.ofSeconds(10);

    /** What may go wrong, one thing at a time. */
    private enum Fault {
        CRASH,
        PARTITION,
        BOOTSTRAP
    }

    /** What became of one seed. */
    private record Run(List<String> violations, int acknowledged, int found, int unsuccessful) {}

    @Test
    void whatAQuorumAcknowledgedEveryLaterQuorumReads() {
        var violations = new ArrayList<String>();
        long acknowledged = 0;
        long found = 0;
        long unsuccessful = 0;
        var seeds = Seeds.upTo(SEEDS);
        for (long seed : seeds) {
            var run = run(seed);
            violations.addAll(run.violations());
            acknowledged += run.acknowledged();
            found += run.found();
            unsuccessful += run.unsuccessful();
        }
        System.out.println(acknowledged + " writes acknowledged, " + found + " reads answered, " + unsuccessful
                + " requests without success, " + violations.size() + " violations");

        assertThat(violations).isEmpty();
        if (seeds.length >= SEEDS) {
            assertThat(Math.min(acknowledged, found)).isGreaterThan(2 * unsuccessful);
            assertThat(unsuccessful).isPositive();
        }
    }

    private static Run run(long seed) {
        var settings = RingSettings.defaults().with(SyncMode.batch());
        try (var ring =
                SimulatedRing.of(5).rows(20, 100).seed(seed).settings(settings).start()) {
            var chance = Randomness.of(seed).fork("clients");
            var clients = new Clients(ring, chance);
            boolean grown = false;
            for (int i = 0; i < FAULTS; i++) {
                clients.runFor(Duration.ofSeconds(2));
                var fault = chance.pick(List.of(Fault.values()));
                if (fault == Fault.CRASH || (fault == Fault.BOOTSTRAP && grown)) {
                    crash(ring, clients, chance);
                } else if (fault == Fault.PARTITION) {
                    partition(ring, clients, chance);
                } else {
                    bootstrap(ring, clients);
                    grown = true;
                }
            }
            clients.readAll();
            var violations = new ArrayList<>(clients.violations());
            clients.unanswered().forEach(node -> violations.add("seed " + seed + ": " + node + " never answered"));
            return new Run(violations, clients.acknowledged(), clients.found(), clients.unsuccessful());
        }
    }

    private static void crash(SimulatedRing ring, Clients clients, Randomness chance) {
        var node = chance.pick(List.copyOf(ring.nodes()));
        node.crash();
        clients.runFor(Duration.ofMillis(chance.nextInt(20_000)));
        node.restart();
        clients.runFor(SETTLING);
    }

    private static void partition(SimulatedRing ring, Clients clients, Randomness chance) {
        var node = chance.pick(List.copyOf(ring.nodes()));
        var cut = ring.network().partition(LinkSet.around(List.of(node.id())));
        clients.runFor(Duration.ofMillis(chance.nextInt(20_000)));
        cut.heal();
        clients.runFor(SETTLING);
    }

    private static void bootstrap(SimulatedRing ring, Clients clients) {
        var joining = ring.add("n6").bootstrap();
        while (!joining.isDone()) {
            clients.step();
        }
        assertThat(joining.outcome()).get().isInstanceOf(Operation.Completed.class);
        clients.runFor(SETTLING);
    }
}
