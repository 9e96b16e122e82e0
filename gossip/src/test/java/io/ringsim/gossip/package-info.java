/** What the memberships promise, over many seeds. */
@NullMarked
package io.ringsim.gossip;

import org.jspecify.annotations.NullMarked;
