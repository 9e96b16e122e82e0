package io.ringsim.storage;

import io.ringsim.data.TableId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is wrong with a disk at the moment. Changed between two steps of a run by whoever injects faults. */
public final class DiskFaults {
    private final SortedMap<TableId, SortedSet<String>> rotten = new TreeMap<>();
    private int corruptReads;
    private int corruptWrites;
    private double slowdown = 1;
    private boolean readOnly;

    /** The next {@code times} times that a file is read from its beginning, its first chunk comes out corrupt. */
    public void corruptNextReads(int times) {
        corruptReads = times;
    }

    /** The next {@code times} times that a received file is begun, it turns out corrupt. */
    public void corruptNextWrites(int times) {
        corruptWrites = times;
    }

    /** The SSTable is corrupt for good. */
    public void rot(TableId table, String sstable) {
        rotten.computeIfAbsent(table, any -> new TreeSet<>()).add(sstable);
    }

    /** Every operation that begins from now on takes {@code factor} times as long; 1 heals. */
    public void slowDown(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a disk is slowed down by a positive factor, not " + factor);
        }
        slowdown = factor;
    }

    /** Every write fails from now on, as on a file system that was remounted read-only; {@code false} heals. */
    public void readOnly(boolean broken) {
        readOnly = broken;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    double slowdown() {
        return slowdown;
    }

    boolean corruptsRead(TableId table, String sstable, long offset) {
        if (offset > 0) {
            return false;
        }
        if (rotten.containsKey(table) && rotten.get(table).contains(sstable)) {
            return true;
        }
        corruptReads = Math.max(corruptReads, 0) - 1;
        return corruptReads >= 0;
    }

    boolean corruptsWrite(long offset) {
        if (offset > 0) {
            return false;
        }
        corruptWrites = Math.max(corruptWrites, 0) - 1;
        return corruptWrites >= 0;
    }
}
