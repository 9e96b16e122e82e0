package io.ringsim.runtime.junit;

import io.ringsim.runtime.SchedulingPolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once per seed, each time in a new {@link io.ringsim.runtime.Simulation}, which the method, and methods
 * before and after each test, may have as a parameter.
 *
 * <p>The simulation is closed after the test. A test that passed fails nevertheless if an actor failed and nothing supervised
 * that, or if an actor system does not terminate. The report of a failure ends with the command that runs the same test with
 * the same seed.
 *
 * <p>{@code -Dringsim.seed=17} runs only that seed; {@code -Dringsim.seeds=1000} as many as it says, from 1 on; {@code
 * -Dringsim.seeds=200..300} those. Each may be a configuration parameter of the JUnit platform instead.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededInvocations.class)
public @interface SimulationTest {
    /** How many seeds, from 1 on; at least 1. */
    int seeds() default 100;

    /** Who has the next turn among actors that are ready at the same instant. */
    SchedulingPolicy policy() default SchedulingPolicy.SEEDED;

    /** Whether RingSim's Java agent must be there. */
    boolean strict() default false;
}
