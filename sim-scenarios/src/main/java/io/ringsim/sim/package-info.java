/** A whole ring in one simulated world. */
@NullMarked
package io.ringsim.sim;

import org.jspecify.annotations.NullMarked;
