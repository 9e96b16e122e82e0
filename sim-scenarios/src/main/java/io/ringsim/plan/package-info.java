/**
 * What an operation would move, how long it would take and what it would leave behind, before anybody does it.
 * {@link io.ringsim.plan.Planner} decides with the same values the simulated nodes use, so a plan and a run agree.
 */
@NullMarked
package io.ringsim.plan;

import org.jspecify.annotations.NullMarked;
