package io.ringsim.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringsim.ordinary.Ordinary.Outcome;
import io.ringsim.runtime.OtherJvm;
import io.ringsim.runtime.SimulationSettings;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anybody's actors repeat themselves under the agent. */
@Tag("agent")
class LevelBTest {
    private static final List<Long> SEEDS = LongStream.range(0, 3).boxed().toList();
    private static final List<String> AGENT = List.of(
            "-javaagent:" + System.getProperty("ringsim.agent.jar"),
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow");

    @Test
    void twentyRunsHaveOneHash() {
        var hashes = new LinkedHashSet<Outcome>();
        for (int i = 0; i < 20; i++) {
            hashes.add(run(7));
        }

        assertThat(hashes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.events()).isGreaterThan(10_000));
    }

    @Test
    void anotherSeedIsAnotherRun() {
        assertThat(SEEDS.stream().map(LevelBTest::run).distinct()).hasSameSizeAs(SEEDS);
    }

    @Test
    void anotherJvmGivesTheSameHashes() {
        assertThat(runIn(OtherJvm.thisJavaHome())).isEqualTo(lines());
    }

    @Test
    void anotherJdkGivesTheSameHashes() {
        var other = OtherJvm.otherJavaHome();
        assumeThat(other).as("a JDK of another version").isPresent();

        assertThat(runIn(other.orElseThrow())).isEqualTo(lines());
    }

    private static Outcome run(long seed) {
        return Ordinary.run(SimulationSettings.defaults().seed(seed).strict(true));
    }

    private static List<String> lines() {
        return SEEDS.stream().map(seed -> seed + " " + run(seed)).toList();
    }

    private static List<String> runIn(Path javaHome) {
        return OtherJvm.run(javaHome, AGENT, LevelBTest.class);
    }

    /** What the other JVM does. */
    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }
}
