/**
 * What a node keeps. Here data is sizes: of each SSTable its bytes and the ranges it covers.
 *
 * <p>The values {@link io.ringsim.storage.SizedStore}, {@link io.ringsim.storage.SizedTable} and
 * {@link io.ringsim.storage.SizedSSTable} say what is stored and, by {@link io.ringsim.storage.SizeModel}, what of it would
 * be sent to whom; a plan and a run ask the same functions. {@link io.ringsim.storage.SizedStorage} is the actor, a
 * {@link io.ringsim.spi.LocalStore} that also answers streaming ({@link io.ringsim.storage.StreamStore}), in the time its
 * {@link io.ringsim.storage.StorageSettings disk} takes. {@link io.ringsim.storage.SizedDisk} is what a crash leaves, and
 * where a disk's {@link io.ringsim.storage.DiskFaults faults} are set.
 */
@NullMarked
package io.ringsim.storage;

import org.jspecify.annotations.NullMarked;
