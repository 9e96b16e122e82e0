package io.ringsim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringsim.runtime.OwnStyle.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Actors as this project writes them repeat themselves without any agent. */
class LevelATest {
    private static final List<Long> SEEDS = LongStream.range(0, 4).boxed().toList();

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameTrace(SchedulingPolicy policy) {
        for (long seed : SEEDS) {
            var first = run(seed, policy);

            assertThat(run(seed, policy)).isEqualTo(first);
            assertThat(first.events()).isGreaterThan(1_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherSeedGivesAnotherTrace(SchedulingPolicy policy) {
        var hashes = new HashSet<Long>();
        for (long seed : SEEDS) {
            hashes.add(run(seed, policy).hash());
        }

        assertThat(hashes).hasSameSizeAs(SEEDS);
    }

    @Test
    void anotherJvmGivesTheSameTraces() {
        var here = SEEDS.stream()
                .map(seed -> line(seed, run(seed, SchedulingPolicy.SEEDED)))
                .toList();

        var there = OtherJvm.run(OtherJvm.thisJavaHome(), List.of(), LevelATest.class);

        assertThat(there).isEqualTo(here);
    }

    @Test
    void anotherJdkGivesTheSameTraces() {
        var other = OtherJvm.otherJavaHome();
        assumeThat(other).as("a JDK of another version").isPresent();
        var here = SEEDS.stream()
                .map(seed -> line(seed, run(seed, SchedulingPolicy.SEEDED)))
                .toList();

        var quietly = List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow");

        assertThat(OtherJvm.run(other.orElseThrow(), quietly, LevelATest.class)).isEqualTo(here);
    }

    @Test
    void worldsOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
        var alone = new LinkedHashMap<Long, Outcome>();
        SEEDS.forEach(seed -> alone.put(seed, run(seed, SchedulingPolicy.SEEDED)));

        var threads = Executors.newFixedThreadPool(4);
        try {
            var together = new ArrayList<Callable<Outcome>>();
            SEEDS.forEach(seed -> together.add(() -> run(seed, SchedulingPolicy.SEEDED)));
            var outcomes = new ArrayList<Outcome>();
            for (Future<Outcome> outcome : threads.invokeAll(together)) {
                outcomes.add(outcome.get());
            }

            assertThat(outcomes).containsExactlyElementsOf(alone.values());
        } finally {
            threads.shutdown();
        }
    }

    private static Outcome run(long seed, SchedulingPolicy policy) {
        return OwnStyle.run(SimulationSettings.defaults().seed(seed).policy(policy));
    }

    private static String line(long seed, Outcome outcome) {
        return seed + " " + outcome;
    }

    /** What the other JVM does. */
    public static void main(String[] arguments) {
        SEEDS.forEach(seed -> System.out.println(line(seed, run(seed, SchedulingPolicy.SEEDED))));
    }
}
