package io.ringsim.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.WorldViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that would bring threads into a world, under the agent. */
@Tag("agent")
@SuppressWarnings({"FutureReturnValueIgnored", "UnsynchronizedOverridesSynchronized"}) // users write such things
class ThreadsTest {
    private static final List<Integer> NUMBERS =
            IntStream.range(0, 2_000).boxed().toList();

    @Test
    void streamsStayOnTheOneThread() {
        try (var simulation = Simulation.seeded(1)) {
            assertThat(simulation.steps()).isZero();
            assertThat(NUMBERS.stream().parallel().map(n -> Thread.currentThread()))
                    .containsOnly(Thread.currentThread());
            assertThat(NUMBERS.parallelStream().map(n -> Thread.currentThread()))
                    .containsOnly(Thread.currentThread());
            assertThat(parallel()).containsOnly(false);
        }
        assertThat(parallel()).containsOnly(true);
    }

    private static List<Boolean> parallel() {
        return List.of(
                Stream.of(1, 2).parallel().isParallel(),
                IntStream.of(1, 2).parallel().isParallel(),
                LongStream.of(1, 2).parallel().isParallel(),
                DoubleStream.of(1, 2).parallel().isParallel(),
                StreamSupport.stream(NUMBERS.spliterator(), true).isParallel(),
                Stream.of(Stream.of(1)).map(Stream::parallel).allMatch(Stream::isParallel));
    }

    @Test
    void anExecutorsTasksAreTurnsInTheSeedsOrder() {
        var orders = new LinkedHashSet<List<Integer>>();
        for (long seed = 0; seed < 5; seed++) {
            var order = orderOf(seed, () -> Executors.newFixedThreadPool(4));
            assertThat(order).hasSize(20).isEqualTo(orderOf(seed, () -> Executors.newFixedThreadPool(4)));
            orders.add(order);
        }
        assertThat(orders).hasSizeGreaterThan(3);
        assertThat(orders.iterator().next().indexOf(0)).isLessThan(12);
    }

    @Test
    void aSingleThreadKeepsTheOrderOfItsTasks() {
        var inOrder = IntStream.range(0, 20).boxed().toList();
        assertThat(orderOf(1, Executors::newSingleThreadExecutor)).isEqualTo(inOrder);
        assertThat(orderOf(2, Executors::newSingleThreadScheduledExecutor)).isEqualTo(inOrder);
        assertThat(orderOf(2, Executors::newCachedThreadPool)).isNotEqualTo(inOrder);
    }

    private static List<Integer> orderOf(long seed, Supplier<ExecutorService> made) {
        try (var simulation = Simulation.seeded(seed)) {
            var order = new ArrayList<Integer>();
            var pool = made.get();
            IntStream.range(0, 20).forEach(n -> pool.execute(() -> order.add(n)));
            assertThat(order).isEmpty();
            simulation.run();
            return order;
        }
    }

    @Test
    void theDriverWaitsForWhatItSubmitted() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            var pool = Executors.newFixedThreadPool(2, Thread::new);
            List<Callable<Thread>> two = List.of(Thread::currentThread, Thread::currentThread);
            var failing = pool.submit(() -> {
                throw new IllegalStateException("on purpose");
            });

            assertThat(pool.submit(Thread::currentThread).get()).isSameAs(Thread.currentThread());
            assertThat(pool.invokeAny(two)).isSameAs(Thread.currentThread());
            assertThat(pool.invokeAll(two)).allMatch(Future::isDone);
            assertThatThrownBy(failing::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("on purpose");
            pool.submit(() -> 5);
            pool.shutdown();
            assertThat(pool.isTerminated()).isFalse();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(simulation.now()).isZero();
            assertThatThrownBy(() -> pool.submit(() -> 6)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void scheduledTasksFollowVirtualTime() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            var pool = Executors.newScheduledThreadPool(1);
            var ticks = new ArrayList<Duration>();
            var once = pool.schedule(() -> "late", 1, TimeUnit.HOURS);
            var rate = pool.scheduleAtFixedRate(() -> ticks.add(simulation.now()), 1, 10, TimeUnit.MINUTES);
            var failing = pool.scheduleWithFixedDelay(
                    () -> {
                        throw new IllegalStateException("on purpose");
                    },
                    1,
                    1,
                    TimeUnit.SECONDS);

            assertThatThrownBy(() -> once.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(failing::get).hasRootCauseMessage("on purpose");
            assertThat(once.get()).isEqualTo("late");
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(1));
            assertThat(ticks).hasSize(6).startsWith(Duration.ofMinutes(1), Duration.ofMinutes(11));
            assertThat(rate.getDelay(TimeUnit.SECONDS)).isEqualTo(60);
            assertThat(rate.cancel(false)).isTrue();
            var last = pool.schedule(() -> ticks.clear(), 1, TimeUnit.DAYS);
            pool.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
            pool.shutdown();
            assertThat(pool.awaitTermination(2, TimeUnit.DAYS)).isTrue();
            assertThat(last.isDone()).isTrue();
            assertThat(ticks).isEmpty();
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(25));
        }
    }

    @Test
    void whatNeverRanComesBackFromShutdownNow() {
        try (var simulation = Simulation.seeded(1)) {
            var pool = Executors.newScheduledThreadPool(1);
            var ran = new ArrayList<String>();
            pool.execute(() -> ran.add("in line"));
            pool.execute(() -> ran.add("waiting"));
            pool.schedule(() -> ran.add("delayed"), 1, TimeUnit.SECONDS);

            assertThat(pool.shutdownNow()).hasSize(3);
            assertThat(pool.isTerminated()).isTrue();
            simulation.run();
            assertThat(ran).isEmpty();
            assertThat(simulation.now()).isZero();
        }
    }

    @Test
    void anActorsPoolIsPartOfItsWorld() {
        assertThat(hashOf(3)).isEqualTo(hashOf(3)).isNotEqualTo(hashOf(4));
    }

    private static long hashOf(long seed) {
        try (var simulation = Simulation.seeded(seed)) {
            var system = simulation.start("pooled", pooled(Executors.newFixedThreadPool(3)));
            IntStream.range(0, 50).forEach(n -> system.tell("job " + n));
            simulation.run();
            assertThat(simulation.failures()).isEmpty();
            assertThat(simulation.now()).isGreaterThan(Duration.ofMillis(1));
            return simulation.trace().hash();
        }
    }

    /** The order in which jobs are done decides when the next message is sent. */
    private static Behavior<String> pooled(Executor pool) {
        return Behaviors.setup(context -> {
            var done = new ArrayList<String>();
            return Behaviors.receiveMessage(message -> {
                if (message.startsWith("job")) {
                    context.pipeToSelf(
                            CompletableFuture.supplyAsync(() -> "done with " + message, pool),
                            (result, failure) -> String.valueOf(result));
                } else if (done.add(message) && done.size() % 5 == 0) {
                    context.scheduleOnce(
                            Duration.ofMillis(1 + Math.abs(message.hashCode() % 50)), context.getSelf(), "tick");
                }
                return Behaviors.same();
            });
        });
    }

    static List<Consumer<Runnable>> waysToStartAThread() {
        return List.of(
                task -> new Thread(task, "intruder").start(),
                task -> new OwnKind(task).start(),
                task -> new OwnWay(task).start(),
                task -> Stream.of(new Thread(task, "intruder")).forEach(Thread::start));
    }

    @ParameterizedTest
    @MethodSource("waysToStartAThread")
    void anActorMustNotStartAThread(Consumer<Runnable> way) {
        var ran = new ArrayList<String>();
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("threaded", Behaviors.<String>receiveMessage(message -> {
                way.accept(() -> ran.add("elsewhere"));
                return Behaviors.same();
            }));
            system.tell("start");

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("\"intruder\"")
                    .hasMessageContaining("Executors.newFixedThreadPool")
                    .satisfies(thrown -> assertThat(thrown.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().startsWith(ThreadsTest.class.getName())));
        }
        assertThat(ran).isEmpty();
    }

    @Test
    void theDriverMayStartThreads() throws Exception {
        var ran = new ArrayList<String>();
        try (var simulation = Simulation.seeded(1)) {
            var thread = new OwnKind(() -> ran.add(simulation.now().toString()));
            thread.start();
            thread.join();
        }
        assertThat(ran).containsExactly("PT0S");
    }

    @Test
    void outsideOfAWorldAllIsAsInTheJdk() throws Exception {
        var pool = Executors.newFixedThreadPool(1);
        var timed = Executors.newSingleThreadScheduledExecutor();
        try {
            assertThat(pool).isInstanceOf(ThreadPoolExecutor.class);
            assertThat(pool.submit(Thread::currentThread).get()).isNotSameAs(Thread.currentThread());
            assertThat(timed.schedule(Thread::currentThread, 1, TimeUnit.MILLISECONDS)
                            .get())
                    .isNotSameAs(Thread.currentThread());
        } finally {
            pool.shutdown();
            timed.shutdown();
        }
        var ran = new ArrayList<String>();
        for (var way : waysToStartAThread()) {
            var done = new java.util.concurrent.CountDownLatch(1);
            way.accept(() -> {
                ran.add(Thread.currentThread().getName());
                done.countDown();
            });
            done.await();
        }
        assertThat(ran).hasSize(4).containsOnly("intruder");
    }

    private static class OwnKind extends Thread {
        OwnKind(Runnable task) {
            super(task, "intruder");
        }
    }

    private static final class OwnWay extends Thread {
        OwnWay(Runnable task) {
            super(task, "intruder");
        }

        @Override
        public void start() {
            setDaemon(true);
            super.start();
        }
    }
}
