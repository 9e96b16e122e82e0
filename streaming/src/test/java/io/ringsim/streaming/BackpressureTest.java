package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamMessage.Chunk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackpressureTest {
    private static final StreamingSettings SETTINGS =
            StreamingSettings.profile21().withThroughput(0, 0);

    /** What the sender may be ahead of the receiver's disk: the window, and the chunk that is being written. */
    private static final long BOUND =
            SETTINGS.chunks().windowBytes() + SETTINGS.chunks().bytesMax();

    @Test
    void aSlowReceivingDiskHoldsTheSenderBack() {
        try (var ring = new StreamRing(1, SETTINGS, StorageSettings.defaults())) {
            var source = ring.start(1, table(ORDERS, 4L << 30, 2));
            var slow = ring.start(2);
            ring.disk(slow).faults().slowDown(500);
            var watch = new InFlight(ring, slow);

            var events = ring.stream(slow, "p", move(source, slow, 0, 1000));
            ring.simulation.runFor(Duration.ofMinutes(2));

            assertThat(watch.most).isBetween(BOUND / 2, BOUND);
            ring.disk(slow).faults().slowDown(1);
            assertThat(ring.runUntilFinished(events, Duration.ofHours(1))).isTrue();
            assertThat(finished(events).succeeded()).isTrue();
            assertThat(watch.most).isLessThanOrEqualTo(BOUND);
        }
    }

    @Test
    void aSlowReceiverDoesNotSlowTheOthers() {
        try (var ring = new StreamRing(2, SETTINGS, StorageSettings.defaults())) {
            var source = ring.start(1, table(ORDERS, 4L << 30, 2));
            var slow = ring.start(2);
            var fast = ring.start(3);
            ring.disk(slow).faults().slowDown(500);

            var late = ring.stream(slow, "p", move(source, slow, 0, 500));
            var early = ring.stream(fast, "p", move(source, fast, 500, 1000));

            assertThat(ring.runUntilFinished(early, Duration.ofSeconds(10))).isTrue();
            assertThat(StreamRing.isFinished(late)).isFalse();
        }
    }

    /** Bytes that were sent to a node and are not on its disk yet. */
    private static final class InFlight {
        private final StreamRing ring;
        private final NodeId receiver;
        private long sent;
        private long most;

        InFlight(StreamRing ring, NodeId receiver) {
            this.ring = ring;
            this.receiver = receiver;
            ring.noise = this::onChunk;
        }

        private Chunk onChunk(Chunk chunk) {
            sent += chunk.length();
            most = Math.max(most, sent - ring.disk(receiver).used());
            return chunk;
        }
    }
}
