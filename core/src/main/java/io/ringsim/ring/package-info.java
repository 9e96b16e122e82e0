/** The ring as values: nodes, tokens, ranges, replicas, and what moves when the ring changes. */
@NullMarked
package io.ringsim.ring;

import org.jspecify.annotations.NullMarked;
