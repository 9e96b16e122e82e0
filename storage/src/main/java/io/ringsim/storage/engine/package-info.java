/**
 * The storage engine of a node without its actor: {@link io.ringsim.storage.engine.StorageEngine} logs a write, puts it in
 * memtables, and acknowledges it when the {@link io.ringsim.storage.engine.SyncMode} says so; it flushes, recovers and stops.
 */
@NullMarked
package io.ringsim.storage.engine;

import org.jspecify.annotations.NullMarked;
