/** The Java agent that redirects clocks, chance and asynchronous hops of user code into the simulated world. */
@NullMarked
package io.ringsim.agent;

import org.jspecify.annotations.NullMarked;
