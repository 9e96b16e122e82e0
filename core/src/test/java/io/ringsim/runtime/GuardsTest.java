package io.ringsim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import scala.concurrent.Await;
import scala.concurrent.Promise;

class GuardsTest {
    @Test
    void aMessageFromAForeignThreadIsAnErrorThatNamesItsStack() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            var received = new ArrayList<String>();
            var system = simulation.start("guarded", collecting(received));

            tellFromAnotherThread(system);
            system.tell("from the driver");

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("intruder")
                    .cause()
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().contains("tellFromAnotherThread")));
            simulation.run();
            assertThat(received).containsExactly("from the driver");
        }
    }

    @Test
    void whatAForeignThreadDidLateIsToldAtTheEnd() {
        assertThatThrownBy(() -> {
                    try (var simulation = Simulation.seeded(1)) {
                        var system = simulation.start("guarded", collecting(new ArrayList<>()));
                        simulation.run();
                        tellFromAnotherThread(system);
                    }
                })
                .isInstanceOf(WorldViolation.class);
    }

    @Test
    void anAwaitInAnActorIsAnErrorThatNamesItsStack() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("guarded", Behaviors.<String>receiveMessage(message -> {
                waitForEver();
                return Behaviors.same();
            }));
            system.tell("wait");

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("waitForEver")));
        }
    }

    @Test
    void theDriverMayAwaitWhatTheWorldWillBring() {
        try (var simulation = Simulation.seeded(1)) {
            var answer = new CompletableFuture<Duration>();
            simulation.start("guarded", Behaviors.<String>withTimers(timers -> {
                timers.startSingleTimer("now", Duration.ofMinutes(3));
                return Behaviors.receive((context, message) -> {
                    answer.complete(Clock.of(context.getSystem()).now());
                    return Behaviors.same();
                });
            }));

            assertThat(simulation.await(answer, Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(3));
            assertThatThrownBy(() -> simulation.await(new CompletableFuture<String>(), Duration.ofHours(1)))
                    .isInstanceOf(LimitReached.class);
        }
    }

    @Test
    void anActorCannotDriveItsOwnWorld() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("guarded", Behaviors.<String>receiveMessage(message -> {
                simulation.run();
                return Behaviors.same();
            }));
            system.tell("run");

            assertThatThrownBy(simulation::run).isInstanceOf(WorldViolation.class);
        }
    }

    @Test
    void onlyTheThreadThatMadeTheWorldDrivesIt() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            var thrown = new ArrayList<Throwable>();
            var other = new Thread(() -> {
                try {
                    simulation.run();
                } catch (RuntimeException expected) {
                    thrown.add(expected);
                }
            });
            other.start();
            other.join();

            assertThat(thrown).singleElement().isInstanceOf(WorldViolation.class);
        }
    }

    @Test
    void endlessWorkReachesTheStepLimit() {
        var settings = SimulationSettings.defaults().stepLimit(1_000);
        try (var simulation = Simulation.with(settings)) {
            var system = simulation.start("endless", Behaviors.<String>setup(context -> {
                context.getSelf().tell("on");
                return Behaviors.receiveMessage(message -> {
                    context.getSelf().tell(message);
                    return Behaviors.same();
                });
            }));

            assertThatThrownBy(simulation::run).isInstanceOf(LimitReached.class).hasMessageContaining("1000 steps");
            assertThatThrownBy(() -> simulation.runFor(Duration.ofSeconds(1))).isInstanceOf(LimitReached.class);
            assertThat(system.whenTerminated().isCompleted()).isFalse();
        }
    }

    @Test
    void anotherThreadMayStopARun() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            simulation.start("endless", Behaviors.<String>withTimers(timers -> {
                timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
                return Behaviors.ignore();
            }));
            var stopper = new Thread(simulation::stop);
            stopper.start();

            assertThatThrownBy(simulation::run).isInstanceOf(LimitReached.class).hasMessageContaining("stopped");
            stopper.join();
        }
    }

    @Test
    void failuresOfChildrenAreKept() {
        try (var simulation = Simulation.seeded(1)) {
            simulation.start("parent", Behaviors.<String>setup(context -> {
                context.spawn(
                        Behaviors.setup(child -> {
                            throw new IllegalArgumentException("stillborn");
                        }),
                        "child");
                return Behaviors.ignore();
            }));
            simulation.run();

            assertThat(simulation.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.actor()).endsWith("/user/child");
                assertThat(failure.cause()).hasRootCauseMessage("stillborn");
            });
        }
    }

    @Test
    void strictWithoutTheAgentSaysHowToLoadIt() {
        assertThatThrownBy(() -> Simulation.with(SimulationSettings.defaults().strict(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-javaagent:")
                .hasMessageContaining("argLine");
    }

    @Test
    void noThreadIsStartedButTheWatchdog() {
        var before = Thread.getAllStackTraces().keySet();

        try (var simulation = Simulation.seeded(1)) {
            runForAMinute(simulation);
            var started = new ArrayList<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            assertThat(started).singleElement().satisfies(thread -> {
                assertThat(thread.getName()).isEqualTo("ringsim-watchdog");
                assertThat(thread.isDaemon()).isTrue();
            });
        }
        assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
        try (var simulation = Simulation.with(SimulationSettings.defaults().patience(Duration.ZERO))) {
            runForAMinute(simulation);
            assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
        }
    }

    private static void runForAMinute(Simulation simulation) {
        var system = simulation.start("threadless", collecting(new ArrayList<>()));
        system.tell("hello");
        simulation.runFor(Duration.ofMinutes(1));
    }

    @Test
    void aTurnWithoutEndIsInterruptedAndSaysWhereItIs() {
        try (var simulation = impatient()) {
            var system = simulation.start("stuck", Behaviors.<String>receiveMessage(message -> {
                blockForEver();
                return Behaviors.same();
            }));
            system.tell("block");

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("akka://stuck/user")
                    .hasMessageContaining("0.2 s")
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("blockForEver")));
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void aLoopThatLooksAtItsInterruptIsEnded() {
        try (var simulation = impatient()) {
            simulation.events().schedule(5, GuardsTest::loopUntilInterrupted);

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("an event")
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("loopUntilInterrupted")));
            assertThat(Thread.interrupted()).isFalse();
            simulation.run();
        }
    }

    @Test
    void aTurnThatEndsTooLateAndIgnoresItsInterruptIsToldOfAsWell() {
        try (var simulation = impatient()) {
            var later = new ArrayList<String>();
            simulation.events().schedule(5, () -> loopFor(Duration.ofMillis(700)));
            simulation.events().schedule(6, () -> later.add("on"));

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("0.2 s");
            simulation.run();
            assertThat(later).containsExactly("on");
        }
    }

    @Test
    void aWatchdogDoesNotChangeTheTrace() {
        assertThat(hashUnder(Duration.ZERO)).isEqualTo(hashUnder(Duration.ofSeconds(1)));
    }

    private static long hashUnder(Duration patience) {
        try (var simulation = Simulation.with(SimulationSettings.defaults().patience(patience))) {
            var system = simulation.start("ticking", Behaviors.<String>withTimers(timers -> {
                timers.startTimerAtFixedRate("tick", Duration.ofMillis(1));
                return Behaviors.ignore();
            }));
            system.tell("hello");
            simulation.runFor(Duration.ofMinutes(30));
            return simulation.trace().hash();
        }
    }

    private static Simulation impatient() {
        return Simulation.with(SimulationSettings.defaults().patience(Duration.ofMillis(200)));
    }

    private static void blockForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void loopFor(Duration duration) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < duration.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private static void loopUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aClosedWorldCanBeClosedAgainButNotDriven() {
        var simulation = Simulation.seeded(1);
        var system = simulation.start("closed", collecting(new ArrayList<>()));
        simulation.close();
        simulation.close();

        assertThat(system.whenTerminated().isCompleted()).isTrue();
        assertThatThrownBy(simulation::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static Behavior<String> collecting(List<String> received) {
        return Behaviors.receiveMessage(message -> {
            received.add(message);
            return Behaviors.same();
        });
    }

    private static void tellFromAnotherThread(ActorSystem<String> system) throws InterruptedException {
        var intruder = new Thread(() -> system.tell("from elsewhere"), "intruder");
        intruder.start();
        intruder.join();
    }

    private static void waitForEver() throws Exception {
        Await.result(Promise.apply().future(), scala.concurrent.duration.Duration.Inf());
    }
}
