/** Hosts that talk, and what becomes of it when they do not. */
@NullMarked
package io.ringsim.network.remote;

import org.jspecify.annotations.NullMarked;
