package io.ringsim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    @Test
    void anHourOfTicksPassesAtOnce() {
        var ticks = new ArrayList<Duration>();

        try (var simulation = Simulation.seeded(1)) {
            simulation.start("clock", ticking(ticks));
            simulation.runFor(Duration.ofHours(1));

            assertThat(simulation.now()).isEqualTo(Duration.ofHours(1));
        }
        assertThat(ticks).hasSize(60).first().isEqualTo(Duration.ofMinutes(1));
        assertThat(ticks).last().isEqualTo(Duration.ofHours(1));
    }

    @Test
    void runEndsWhenNothingIsLeftToDo() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("echo", echo());
            var answers = new ArrayList<Long>();
            simulation.events().schedule(5, () -> answers.add(simulation.clock().nanos()));
            system.tell("hello");
            simulation.run();

            assertThat(answers).containsExactly(5L);
            assertThat(simulation.step()).isFalse();
        }
    }

    @Test
    void aSecondSimulationStartsInTheSameJvm() {
        for (long seed = 0; seed < 3; seed++) {
            try (var simulation = Simulation.seeded(seed)) {
                simulation.start("echo", echo()).tell("again");
                simulation.runFor(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void aBugInTheGuardianReachesTheDriver() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("buggy", Behaviors.<String>receiveMessage(message -> {
                throw new IllegalArgumentException("cannot " + message);
            }));
            system.tell("fly");

            assertThatThrownBy(simulation::run).isInstanceOf(ActorFailed.class).hasMessageContaining("cannot fly");
        }
    }

    private static Behavior<String> ticking(List<Duration> ticks) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerAtFixedRate("tick", Duration.ofMinutes(1));
            return Behaviors.receive((context, tick) -> {
                ticks.add(Clock.of(context.getSystem()).now());
                return Behaviors.same();
            });
        });
    }

    private static Behavior<String> echo() {
        return Behaviors.receiveMessage(message -> Behaviors.same());
    }
}
