/**
 * Writes and reads at a consistency level, as Cassandra's coordinator does them: which replicas are asked, how many must
 * answer, and what the client is told.
 *
 * <p>Start at {@link io.ringsim.coordinator.Coordinator}, one of which each node has. The rules are values that know no
 * actors: {@link io.ringsim.coordinator.ConsistencyLevel}, {@link io.ringsim.coordinator.WritePlan} and
 * {@link io.ringsim.coordinator.ReadPlan}.
 */
@NullMarked
package io.ringsim.coordinator;

import org.jspecify.annotations.NullMarked;
