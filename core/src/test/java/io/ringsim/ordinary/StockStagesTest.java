package io.ringsim.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.DelayOverflowStrategy;
import akka.stream.RestartSettings;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.SimulationSettings;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Akka's own timed stages take the virtual time that theory says. */
@Tag("agent")
class StockStagesTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void throttleTakesItsTime() {
        var taken = timeOf(system ->
                Source.range(1, 2_000).throttle(1_000, Duration.ofSeconds(1)).runWith(Sink.ignore(), system));

        assertThat(taken).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_100));
    }

    @Test
    void delayTakesItsTime() {
        var taken = timeOf(system -> Source.range(1, 5)
                .delay(Duration.ofSeconds(1), DelayOverflowStrategy.backpressure())
                .runWith(Sink.ignore(), system));

        assertThat(taken).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_200));
    }

    @Test
    void idleTimeoutFires() {
        try (var simulation = strict()) {
            var system = simulation.start("idle", Behaviors.<NotUsed>empty());
            var stream = Source.maybe().idleTimeout(Duration.ofSeconds(5)).runWith(Sink.ignore(), system);

            assertThatThrownBy(() -> simulation.await(stream, LONG))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(simulation.now()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
        }
    }

    @Test
    void takeWithinEnds() {
        var taken = timeOf(system -> Source.tick(Duration.ofMillis(500), Duration.ofMillis(500), "tick")
                .takeWithin(Duration.ofSeconds(10))
                .runWith(Sink.ignore(), system));

        assertThat(taken).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_500));
    }

    @Test
    void keepAliveFillsTheGaps() {
        try (var simulation = strict()) {
            var system = simulation.start("alive", Behaviors.<NotUsed>empty());
            var filled = Source.<String>maybe()
                    .keepAlive(Duration.ofSeconds(1), () -> "still here")
                    .takeWithin(Duration.ofMillis(10_500))
                    .runWith(Sink.seq(), system);

            assertThat(simulation.await(filled, LONG)).hasSize(10);
        }
    }

    @Test
    void restartsBackOff() {
        var settings = RestartSettings.create(Duration.ofSeconds(1), Duration.ofSeconds(8), 0.0)
                .withMaxRestarts(4, Duration.ofMinutes(5));
        try (var simulation = strict()) {
            var system = simulation.start("restarts", Behaviors.<NotUsed>empty());
            var stream = RestartSource.onFailuresWithBackoff(settings, () -> Source.failed(new Flaky()))
                    .runWith(Sink.ignore(), system);

            assertThatThrownBy(() -> simulation.await(stream, LONG)).hasCauseInstanceOf(Flaky.class);
            assertThat(simulation.now()).isBetween(Duration.ofSeconds(1 + 2 + 4 + 8), Duration.ofSeconds(16));
        }
    }

    private static final class Flaky extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Duration timeOf(Function<ActorSystem<?>, CompletionStage<?>> stream) {
        try (var simulation = strict()) {
            var system = simulation.start("timed", Behaviors.<NotUsed>empty());
            simulation.await(stream.apply(system), LONG);
            return simulation.now();
        }
    }

    private static Simulation strict() {
        return Simulation.with(SimulationSettings.defaults().strict(true));
    }
}
