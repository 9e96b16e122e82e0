/** Fakes of the ports, and the contracts that they and the real ones keep. */
@NullMarked
package io.ringsim.spi;

import org.jspecify.annotations.NullMarked;
