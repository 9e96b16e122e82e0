/** The network's promises, as claims; its contract is for every network. */
@NullMarked
package io.ringsim.network;

import org.jspecify.annotations.NullMarked;
