package io.ringsim.bench;

import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.memtable.Memtable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What rows take on the heap while they are in a memtable, keys and values included. */
record MemtableMemory(int rows) {
    /** Bytes per million rows. */
    Figures perMillion(int rounds) {
        List<Double> figures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long before = used();
            var memtable = filled();
            long after = used();
            if (memtable.partitionCount() != rows) {
                throw new IllegalStateException(memtable.partitionCount() + " of " + rows + " rows are there");
            }
            figures.add((after - before) * 1e6 / rows);
        }
        return Figures.of(figures);
    }

    private Memtable filled() {
        var memtable = new Memtable(SampleRows.TABLE, CommitLogPosition.NONE, 0);
        var sample = SampleRows.of(rows, 1);
        for (int i = 0; i < rows; i++) {
            memtable.put(sample.partition(i));
        }
        return memtable;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
