package io.ringsim.sim;

import io.ringsim.runtime.Clock;
import io.ringsim.storage.disk.SimulatedDisk;

/** Work that a disk has to do: one thing after another, in the order it was asked. */
final class DiskQueue {
    private final SimulatedDisk disk;
    private final Clock clock;
    private long kept;
    private long freeAt;

    DiskQueue(SimulatedDisk disk, Clock clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** Nanoseconds from now until what was done since the last call is over; {@link Long#MAX_VALUE} if it never is. */
    long takeNanos() {
        long cost = disk.takeCost();
        if (cost == Long.MAX_VALUE) {
            return cost;
        }
        cost += kept;
        kept = 0;
        if (cost == 0) {
            return 0;
        }
        long now = clock.nanos();
        freeAt = Math.max(now, freeAt) + cost;
        return freeAt - now;
    }

    /** Puts what was done aside, to count what comes next apart. */
    void keepCost() {
        long cost = disk.takeCost();
        kept += cost == Long.MAX_VALUE ? 0 : cost;
    }
}
