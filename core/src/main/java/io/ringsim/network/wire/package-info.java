/** Values as compact bytes, for the world of several hosts. Start with {@link io.ringsim.network.wire.WireCodec}. */
@NullMarked
package io.ringsim.network.wire;

import org.jspecify.annotations.NullMarked;
