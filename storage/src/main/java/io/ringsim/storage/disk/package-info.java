/**
 * The one seam through which the store touches files: {@link io.ringsim.storage.disk.Disk}, on a directory
 * ({@link io.ringsim.storage.disk.RealDisk}) or in memory with everything that can go wrong
 * ({@link io.ringsim.storage.disk.SimulatedDisk}).
 */
@NullMarked
package io.ringsim.storage.disk;

import org.jspecify.annotations.NullMarked;
