/** Akka under virtual time: one thread, a clock that jumps, a seed that decides everything. */
@NullMarked
package io.ringsim.runtime;

import org.jspecify.annotations.NullMarked;
