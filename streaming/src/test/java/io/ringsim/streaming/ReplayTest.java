package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    @Test
    void theSameSeedStreamsTheSameWay() {
        assertThat(run(7)).isEqualTo(run(7));
    }

    @Test
    void anotherSeedStreamsAnotherWayToTheSameEnd() {
        var one = run(7);
        var other = run(8);

        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(one.received()).isEqualTo(other.received());
    }

    private record Outcome(String hash, Duration ended, long received) {}

    private static Outcome run(long seed) {
        try (var ring = StreamRing.seeded(seed)) {
            var one = ring.start(1, table(ORDERS, 300_000_000, 4), table(ITEMS, 5_000_000, 2));
            var other = ring.start(2, table(ORDERS, 300_000_000, 4));
            var joiner = ring.start(3);
            ring.disk(one).faults().corruptNextReads(1);
            var events = ring.stream(
                    joiner, "p", move(one, joiner, 0, 500), move(other, joiner, 500, 1000), move(joiner, one, 0, 10));
            ring.simulation.runFor(Duration.ofSeconds(3));
            ring.network
                    .partition(LinkSet.between(List.of(other), List.of(joiner)))
                    .during(Duration.ofSeconds(10));

            ring.runUntilFinished(events, StreamRing.AN_HOUR);

            assertThat(finished(events).succeeded()).isTrue();
            var hash = String.valueOf(ring.simulation.trace().hash());
            return new Outcome(
                    hash, ring.simulation.now(), ring.disk(joiner).store().bytes());
        }
    }
}
