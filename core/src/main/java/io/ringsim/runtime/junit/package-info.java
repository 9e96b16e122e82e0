/**
 * Tests of actors in a simulated world, over many seeds: {@link io.ringsim.runtime.junit.SimulationTest}. Needs JUnit
 * Jupiter 5.8 or newer, which nothing else here does.
 */
@NullMarked
package io.ringsim.runtime.junit;

import org.jspecify.annotations.NullMarked;
