/**
 * SSTables: sorted tables on disk that never change. {@link io.ringsim.storage.sstable.SSTableWriter} writes one, {@link
 * io.ringsim.storage.sstable.SSTableReader} reads it; DESIGN.md of this module says what every byte means.
 */
@NullMarked
package io.ringsim.storage.sstable;

import org.jspecify.annotations.NullMarked;
