package io.ringsim.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.OtherJvm;
import io.ringsim.runtime.RealWorld;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.SimulationSettings;
import io.ringsim.runtime.VirtualClock;
import io.ringsim.runtime.WorldViolation;
import java.io.File;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent redirects, as the code of a user sees it. */
@Tag("agent")
@SuppressWarnings({"JavaTimeDefaultTimeZone", "JavaUtilDate", "DistinctVarargsChecker", "StringSplitter"
}) // users write such things
class HooksTest {
    private static final Clock STATIC_CLOCK = Clock.systemUTC();
    private static final Random STATIC_RANDOM = new Random();

    @Test
    void clocksShowVirtualTime() throws Exception {
        long realNanos = System.nanoTime();
        try (var simulation = Simulation.seeded(1)) {
            LongSupplier reference = System::nanoTime;
            simulation.runFor(Duration.ofDays(1));

            var tomorrow = VirtualClock.EPOCH.plus(Duration.ofDays(1));
            assertThat(System.nanoTime()).isEqualTo(Duration.ofDays(1).toNanos());
            assertThat(reference.getAsLong()).isEqualTo(System.nanoTime());
            assertThat(System.currentTimeMillis()).isEqualTo(tomorrow.toEpochMilli());
            assertThat(Instant.now()).isEqualTo(tomorrow);
            assertThat(STATIC_CLOCK.instant()).isEqualTo(tomorrow);
            assertThat(LocalDate.now()).isEqualTo(LocalDate.of(2026, 1, 2));
            assertThat(new Date().toInstant()).isEqualTo(tomorrow);
            Thread.sleep(1_000);
            assertThat(simulation.now()).isEqualTo(Duration.ofDays(1).plusSeconds(1));
        }
        assertThat(System.nanoTime()).isGreaterThan(realNanos);
        assertThat(STATIC_CLOCK.instant()).isNotEqualTo(VirtualClock.EPOCH);
    }

    @Test
    void chanceComesFromTheSeed() {
        assertThat(draws(1)).isEqualTo(draws(1)).isNotEqualTo(draws(2)).doesNotHaveDuplicates();
    }

    private static List<Object> draws(long seed) {
        try (var simulation = Simulation.seeded(seed)) {
            Supplier<UUID> ids = UUID::randomUUID;
            Supplier<Random> randoms = Random::new;
            var shuffled = IntStream.range(0, 20).boxed().collect(ArrayList::new, List::add, List::addAll);
            Collections.shuffle(shuffled);
            var bytes = new byte[8];
            new SecureRandom().nextBytes(bytes);
            Random local = ThreadLocalRandom.current();
            assertThat(simulation.now()).isZero();
            return List.of(
                    UUID.randomUUID(),
                    ids.get(),
                    Math.random(),
                    new Random().nextLong(),
                    randoms.get().nextLong(),
                    STATIC_RANDOM.nextLong(),
                    STATIC_RANDOM.nextGaussian(),
                    new SplittableRandom().nextLong(),
                    ThreadLocalRandom.current().nextLong(),
                    local.nextDouble(),
                    new scala.util.Random().nextLong(),
                    shuffled,
                    Arrays.hashCode(bytes));
        }
    }

    @Test
    void methodReferencesKeepTheirReceivers() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            CompletableFuture<String> future = new CompletableFuture<>();
            simulation.events().schedule(5, () -> future.complete("there"));
            Callable<String> bound = future::get;
            Function<CompletableFuture<String>, String> unbound = CompletableFuture::join;
            LongSupplier local = ThreadLocalRandom.current()::nextLong;

            assertThat(bound.call()).isEqualTo("there");
            assertThat(unbound.apply(future)).isEqualTo("there");
            assertThat(local.getAsLong()).isNotEqualTo(local.getAsLong());
            assertThat(simulation.clock().nanos()).isEqualTo(5);
        }
    }

    @Test
    void aSeededRandomKeepsItsNumbers() {
        long outside = new Random(5).nextLong();
        try (var simulation = Simulation.seeded(1)) {
            assertThat(new Random(5).nextLong()).isEqualTo(outside);
            assertThat(simulation.steps()).isZero();
        }
    }

    @Test
    void collectionsKeepTheOrderOfTheirElements() {
        assertThat(Set.of("d", "a", "c", "b")).containsExactly("d", "a", "c", "b");
        assertThat(Map.of("z", 1, "y", 2, "x", 3).keySet()).containsExactly("z", "y", "x");
        assertThat(Set.copyOf(List.of(3, 1, 2, 1))).containsExactly(3, 1, 2);
        assertThatThrownBy(() -> Set.of("a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Set.of("a").add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void asynchronousStagesAreTurnsOfTheWorld() {
        try (var simulation = Simulation.seeded(1)) {
            var thread = Thread.currentThread();
            var threads = new ArrayList<Thread>();
            var future = CompletableFuture.supplyAsync(() -> threads.add(Thread.currentThread()))
                    .thenApplyAsync(added -> threads.add(Thread.currentThread()))
                    .whenCompleteAsync((added, failure) -> threads.add(Thread.currentThread()));
            var late = new CompletableFuture<String>().completeOnTimeout("late", 3, TimeUnit.SECONDS);

            assertThat(future.isDone()).isFalse();
            assertThat(future.join()).isTrue();
            assertThat(threads).hasSize(3).containsOnly(thread);
            assertThat(late.join()).isEqualTo("late");
            assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void theDriverWaitsInVirtualTime() throws Exception {
        try (var simulation = Simulation.seeded(1)) {
            var latch = new CountDownLatch(1);
            var queue = new LinkedBlockingQueue<String>();
            simulation.events().schedule(Duration.ofHours(1).toNanos(), latch::countDown);
            simulation.events().schedule(Duration.ofHours(2).toNanos(), () -> queue.add("two"));

            latch.await();
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(1));
            assertThat(queue.poll(30, TimeUnit.MINUTES)).isNull();
            assertThat(queue.take()).isEqualTo("two");
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(2));
            assertThatThrownBy(new CompletableFuture<String>()::join).isInstanceOf(WorldViolation.class);
        }
    }

    @Test
    void anActorMustNotWait() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("waiting", Behaviors.<String>receiveMessage(message -> {
                new CompletableFuture<String>().join();
                return Behaviors.same();
            }));
            system.tell("wait");

            assertThatThrownBy(simulation::run)
                    .isInstanceOf(WorldViolation.class)
                    .hasMessageContaining("join");
        }
    }

    @Test
    void akkasTestProbeWorksInAWorld() {
        try (var simulation = Simulation.seeded(1)) {
            var system = simulation.start("probed", Behaviors.<ActorRef<String>>receive((context, replyTo) -> {
                context.scheduleOnce(Duration.ofSeconds(2), replyTo, "done");
                return Behaviors.same();
            }));
            var probe = TestProbe.<String>create(system);

            system.tell(probe.getRef());
            probe.expectMessage("done");
            probe.expectNoMessage(Duration.ofSeconds(5));

            assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    @RealWorld("shows that what says so keeps the real clock")
    void theRealWorldStaysReal() {
        try (var simulation = Simulation.seeded(1)) {
            simulation.start("real", Behaviors.<NotUsed>empty());

            assertThat(System.nanoTime()).isNotEqualTo(simulation.clock().nanos());
        }
    }

    @Test
    void anExecutableJarLoadsTheAgentByItself(@TempDir Path folder) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, HooksTest.class.getName());
        manifest.getMainAttributes().putValue("Launcher-Agent-Class", "io.ringsim.agent.Agent");
        var classPath = Stream.of((System.getProperty("ringsim.agent.jar") + File.pathSeparator + OtherJvm.classPath())
                        .split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        var jar = folder.resolve("self-contained.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();

        assertThat(OtherJvm.run(OtherJvm.thisJavaHome(), List.of("-jar", jar.toString())))
                .containsExactly(Duration.ofDays(1).toNanos() + " " + draws(3));
    }

    /** What the other JVM does. */
    public static void main(String[] arguments) {
        try (var simulation = Simulation.with(SimulationSettings.defaults().strict(true))) {
            simulation.runFor(Duration.ofDays(1));
            System.out.print(System.nanoTime());
        }
        System.out.println(" " + draws(3));
    }

    @Test
    void everyRuleHasItsHook() throws Exception {
        var rules = (Map<?, ?>)
                Class.forName("io.ringsim.agent.Rules").getMethod("all").invoke(null);

        for (var hook : List.of("Time", "Wait", "Chance", "Future", "Collection", "Thread")) {
            var hooks = Class.forName("io.ringsim.runtime." + hook + "Hooks");
            assertThat(Arrays.stream(hooks.getMethods())
                            .filter(method -> Modifier.isStatic(method.getModifiers()))
                            .map(HooksTest::signature))
                    .containsAll(rules.values().stream()
                            .map(String::valueOf)
                            .filter(signature -> signature.startsWith(hooks.getName() + "."))
                            .toList());
        }
        assertThat(rules).hasSizeGreaterThan(100);
    }

    private static String signature(Method method) {
        var type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return method.getDeclaringClass().getName() + "." + method.getName() + type.descriptorString();
    }
}
