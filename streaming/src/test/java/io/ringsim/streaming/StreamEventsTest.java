package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.Attributes;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import io.ringsim.spi.RangeStreamer.Direction;
import io.ringsim.spi.RangeStreamer.Event;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watching a plan. */
class StreamEventsTest {
    @Test
    void aSlowWatcherMissesNothingButProgressThatIsSuperseded() throws Exception {
        var kit = ActorTestKit.create();
        try {
            var running = StreamEvents.events()
                    .toMat(Sink.<Event>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
                    .run(kit.system());
            int files = StreamEvents.FILES_MAX + 500;
            running.first().tell(new Prepared("p", node(1), 0, 0, files, 100L * files));
            for (int i = 0; i < files; i++) {
                for (long bytes = 25; bytes <= 100; bytes += 25) {
                    running.first().tell(progress(i, bytes));
                }
            }
            var result = new Tally(0, files, 0, 100L * files, 0, 0).completed(node(1), List.of());
            running.first().tell(new SessionEnded("p", result));
            running.first().tell(new Finished("p", List.of(result)));

            var taken = new ArrayList<Event>();
            while (true) {
                var next = running.second().pull().toCompletableFuture().get(1, TimeUnit.MINUTES);
                if (next.isEmpty()) {
                    break;
                }
                taken.add(next.get());
            }

            assertThat(taken).first().isInstanceOf(Prepared.class);
            assertThat(taken.subList(taken.size() - 2, taken.size()))
                    .containsExactly(new SessionEnded("p", result), new Finished("p", List.of(result)));
            assertThat(taken).contains(progress(files - 1, 100));
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Progress progress(int file, long bytes) {
        return new Progress("p", node(1), Direction.RECEIVED, "shop/orders-" + file, bytes, 100);
    }

    @Test
    void totalsAreKnownBeforeTheFirstByteAndAllIsThereOnlyAtTheEnd() {
        try (var ring = StreamRing.seeded(1)) {
            var source = ring.start(1, table(ORDERS, 40_000_000, 4));
            var joiner = ring.start(2);
            var events = ring.stream(joiner, "p", move(source, joiner, 0, 1000));
            assertThat(ring.runUntilFinished(events, Duration.ofHours(1))).isTrue();

            long total = ((Prepared) events.get(0)).bytesToReceive();
            var state = StreamState.of("p", "Bootstrap", 0);
            for (var event : events) {
                state = state.with(event);
                assertThat(state.totalBytes()).isEqualTo(total);
                boolean ended = event instanceof SessionEnded || event instanceof Finished;
                assertThat(state.isDone()).isEqualTo(ended);
                assertThat(state.percent() == 100).isEqualTo(ended);
            }

            assertThat(state.movedBytes()).isEqualTo(total);
            assertThat(state.rate(4_000_000_000L)).isEqualTo(total / 4.0);
            assertThat(state.remaining(4_000_000_000L)).contains(Duration.ZERO);
            assertThat(state.netstats())
                    .hasSize(7)
                    .startsWith(
                            "Bootstrap p",
                            "    /n1",
                            ("        Receiving 4 files, %d bytes total. Already received 4 files (100.00%%), "
                                            + "%d bytes total (100.00%%)")
                                    .formatted(total, total),
                            "            shop/orders-0 %d/%d bytes (100%%) received from idx:0/n1"
                                    .formatted(total / 4, total / 4));
        }
    }
}
