/** Membership: who is there, and in which state. */
@NullMarked
package io.ringsim.gossip;

import org.jspecify.annotations.NullMarked;
