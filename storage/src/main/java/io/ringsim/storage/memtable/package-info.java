/**
 * What was written and not yet flushed: a {@link io.ringsim.storage.memtable.Memtable} per table, a sorted map of partitions
 * that many may write at once, and {@link io.ringsim.storage.memtable.OpOrder}, by which a flush knows that all writes which
 * belong to it are complete without holding up the others.
 */
@NullMarked
package io.ringsim.storage.memtable;

import org.jspecify.annotations.NullMarked;
