/**
 * The ring as values: who owns which tokens, where replicas go, and what has to be moved when that changes. Nothing here
 * acts, waits or knows the time; actors ask, and act on the answers. The answers are Cassandra's.
 *
 * <p>Start at {@link io.ringsim.ring.TokenRing}, which nodes own which {@linkplain io.ringsim.ring.Token tokens} of a
 * {@linkplain io.ringsim.ring.Partitioner partitioner}. A {@link io.ringsim.ring.ReplicationStrategy} tells the replicas
 * of a token in it. What one node believes, changes under way included, is a {@link io.ringsim.ring.RingView}; from it
 * come the {@link io.ringsim.ring.PendingRanges}, and for a change that is wanted the
 * {@link io.ringsim.ring.RangeMovement}, or the {@link io.ringsim.ring.Refusal} that says why not.
 */
@NullMarked
package io.ringsim.ring;

import org.jspecify.annotations.NullMarked;
