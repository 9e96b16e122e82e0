package io.ringsim.gossip;

import static io.ringsim.gossip.EndpointStatesTest.present;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    @Test
    void ofANodeTheNewestAloneIsPassedOn() {
        var outbox = new Outbox(settings(10, 10_000));
        outbox.add(present("n1", 1, 1, true));
        outbox.add(present("n2", 1, 1, true));
        outbox.add(present("n1", 1, 2, true));

        assertThat(outbox.next()).containsExactly(present("n1", 1, 2, true), present("n2", 1, 1, true));
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void aBatchHasAtMostSoManyEntries() {
        assertThat(batches(settings(40, 1_000_000))).containsExactly(40, 40, 20);
    }

    @Test
    void aBatchHasAtMostSoManyBytesButNeverNothing() {
        assertThat(batches(settings(1_000, 1))).hasSize(100);
        assertThat(batches(settings(1_000, 2_000))).hasSizeBetween(3, 20);
    }

    private static List<Integer> batches(ClusterLayerSettings settings) {
        var outbox = new Outbox(settings);
        for (int i = 0; i < 100; i++) {
            outbox.add(present("n" + i, 1, 1, true));
        }
        var sizes = new ArrayList<Integer>();
        for (var batch = outbox.next(); !batch.isEmpty(); batch = outbox.next()) {
            sizes.add(batch.size());
        }
        return sizes;
    }

    private static ClusterLayerSettings settings(int entries, long bytes) {
        var defaults = ClusterLayerSettings.defaults();
        return new ClusterLayerSettings(
                defaults.keys(),
                Duration.ofMillis(200),
                entries,
                bytes,
                defaults.failedBootstrapTimeout(),
                defaults.leftExpiry());
    }
}
