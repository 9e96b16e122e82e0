package io.ringsim.runtime.junit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.Simulation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SimulationTestTest {
    private static final Map<Long, String> HASHES = new TreeMap<>();

    /** What becomes of each test, by its display name, in order. */
    private static final class Outcomes implements TestExecutionListener {
        final List<String> names = new ArrayList<>();
        final List<TestExecutionResult> results = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                names.add(test.getDisplayName());
                results.add(result);
            }
        }

        Map<String, Status> statuses() {
            return names.stream()
                    .collect(toMap(
                            name -> name,
                            name -> results.get(names.indexOf(name)).getStatus(),
                            (first, second) -> first,
                            TreeMap::new));
        }

        /** What is printed of the only test. */
        List<String> report() {
            assertThat(results).hasSize(1);
            var text = new StringWriter();
            results.get(0).getThrowable().orElseThrow().printStackTrace(new PrintWriter(text, true));
            return text.toString().lines().toList();
        }
    }

    private static Outcomes run(Class<?> tests, String method, Map<String, String> parameters) {
        var outcomes = new Outcomes();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(tests, method, Simulation.class))
                                .configurationParameters(parameters)
                                .build(),
                        outcomes);
        return outcomes;
    }

    private static Outcomes run(String method, String... parameter) {
        return run(Samples.class, method, parameter.length == 0 ? Map.of() : Map.of(parameter[0], parameter[1]));
    }

    /** Run by the tests around them only. */
    static final class Samples {
        private List<Simulation> begun = List.of();

        @BeforeEach
        void prepare(Simulation simulation) {
            begun = List.of(simulation);
        }

        @AfterEach
        void isStillTheSame(Simulation simulation) {
            assertThat(begun).containsExactly(simulation);
        }

        @SimulationTest(seeds = 5)
        void holds(Simulation simulation) {
            simulation.start("race", race(new ArrayList<>()));
            simulation.run();
            HASHES.merge(
                    simulation.randomness().fork("x").nextLong(),
                    simulation.trace().hash() + "",
                    (one, other) -> one.equals(other) ? one : "differs");
        }

        @SimulationTest(seeds = 40)
        void losesARace(Simulation simulation) {
            var order = new ArrayList<String>();
            simulation.start("race", race(order));
            simulation.run();

            assertThat(order).containsExactly("a", "b");
        }

        @SimulationTest
        void isUndecided(Simulation simulation) {
            assumeTrue(simulation.now().isNegative(), "never");
        }

        @SimulationTest
        void hasAnActorThatFails(Simulation simulation) {
            simulation.start("parent", Behaviors.setup(context -> {
                context.spawn(
                        Behaviors.setup(child -> {
                            throw new IllegalStateException("no bread");
                        }),
                        "child");
                return Behaviors.empty();
            }));
            simulation.runFor(Duration.ofSeconds(1));
        }

        @SimulationTest
        void failsOfACause(Simulation simulation) {
            throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
        }
    }

    /** Two actors each of which says its name once. */
    private static Behavior<Void> race(List<String> order) {
        return Behaviors.setup(context -> {
            for (var name : List.of("a", "b")) {
                context.spawn(
                        Behaviors.setup(racer -> {
                            order.add(name);
                            return Behaviors.stopped();
                        }),
                        name);
            }
            return Behaviors.empty();
        });
    }

    @Test
    void everySeedIsATestOfItsName() {
        assertThat(run("holds").names).containsExactly("seed 1", "seed 2", "seed 3", "seed 4", "seed 5");
        assertThat(run("holds").statuses()).containsOnlyKeys("seed 1", "seed 2", "seed 3", "seed 4", "seed 5");
        assertThat(run("holds").statuses().values()).containsOnly(Status.SUCCESSFUL);
    }

    @Test
    void whoRunsItSaysWhichSeeds() {
        assertThat(run("holds", "ringsim.seed", "17").names).containsExactly("seed 17");
        assertThat(run("holds", "ringsim.seeds", "2").names).containsExactly("seed 1", "seed 2");
        assertThat(run("holds", "ringsim.seeds", "8..10").names).containsExactly("seed 8", "seed 9", "seed 10");
    }

    @Test
    void equalSeedsHaveEqualTraces() {
        HASHES.clear();
        run("holds");
        run("holds");

        assertThat(HASHES).hasSize(5).doesNotContainValue("differs");
        assertThat(HASHES).containsKey(Randomness.of(3).fork("x").nextLong());
    }

    @Test
    void someSeedsFindTheRaceAndTheReportEndsWithTheCommandThatFindsItAgain() {
        var statuses = run("losesARace").statuses();
        assertThat(statuses).hasSize(40).containsValues(Status.SUCCESSFUL, Status.FAILED);
        var failing = statuses.entrySet().stream()
                .filter(test -> test.getValue() == Status.FAILED)
                .map(test -> test.getKey().substring("seed ".length()))
                .findFirst()
                .orElseThrow();

        var again = run("losesARace", "ringsim.seed", failing);

        assertThat(again.report())
                .last()
                .asString()
                .endsWith("mvn test -Dtest='SimulationTestTest$Samples#losesARace' -Dringsim.seed=" + failing);
    }

    @Test
    void aReportWithACauseEndsWithTheCommandToo() {
        assertThat(run("failsOfACause", "ringsim.seed", "3").report())
                .anyMatch(line -> line.contains("inner"))
                .last()
                .asString()
                .endsWith("-Dringsim.seed=3");
    }

    @Test
    void anActorsFailureFailsTheTestThatDidNotNotice() {
        assertThat(run("hasAnActorThatFails", "ringsim.seed", "3").report())
                .anyMatch(line -> line.contains("user/child failed") && line.contains("no bread"))
                .last()
                .asString()
                .endsWith("-Dringsim.seed=3");
    }

    @Test
    void whatWasAbortedIsNoFailure() {
        assertThat(run("isUndecided", "ringsim.seeds", "3").statuses().values()).containsOnly(Status.ABORTED);
    }
}
