/**
 * What operators' tools print and what they configure, read back into a ring: {@code nodetool ring}, {@code status} and
 * {@code describering} of Cassandra 1.1 to 5, {@code cassandra.yaml}, and {@code storage-conf.xml} of 0.6.
 * {@link io.ringsim.nodetool.RingFiles} is the way in.
 */
@NullMarked
package io.ringsim.nodetool;

import org.jspecify.annotations.NullMarked;
