/** The node: an actor that owns its view of the ring and runs operations on it. */
@NullMarked
package io.ringsim.node;

import org.jspecify.annotations.NullMarked;
