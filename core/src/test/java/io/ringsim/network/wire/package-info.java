/** What is written is read again, and nothing else is. */
@NullMarked
package io.ringsim.network.wire;

import org.jspecify.annotations.NullMarked;
