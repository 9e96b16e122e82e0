/** Scenarios: a ring, data, a network, steps, faults, expectations. */
@NullMarked
package io.ringsim.scenario;

import org.jspecify.annotations.NullMarked;
