package io.ringsim.storage.table;

import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Clock;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.memtable.OpOrder;
import io.ringsim.storage.sstable.SSTableWriter;

/**
 * What the tables of a store share.
 *
 * @param writes orders writes against flushes; every write is in a group of it
 * @param writing how SSTables are written
 */
public record TableContext(
        Disk disk,
        Io io,
        Clock clock,
        Partitioner partitioner,
        OpOrder writes,
        LogMarks log,
        Memory memory,
        CompactionSettings compaction,
        SSTableWriter.Options writing) {
    TableContext with(Partitioner other) {
        return new TableContext(disk, io, clock, other, writes, log, memory, compaction, writing);
    }

    /** Seconds since 1970, now. */
    long nowSeconds() {
        return clock.instant().getEpochSecond();
    }
}
