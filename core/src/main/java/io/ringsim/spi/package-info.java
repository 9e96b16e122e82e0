/** The three ports of a node: membership, range streaming, local store. */
@NullMarked
package io.ringsim.spi;

import org.jspecify.annotations.NullMarked;
