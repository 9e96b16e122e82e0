package io.ringsim.storage.engine;

import io.ringsim.data.Mutation;
import io.ringsim.data.PartitionQuery;

/** Something that happens to a store in a random history. Does not depend on what happened before, so any can be left out. */
sealed interface Step {
    record Write(Mutation mutation) implements Step {}

    record Read(PartitionQuery query) implements Step {}

    record Scan(int pageSize) implements Step {}

    record Work(int tasks) implements Step {}

    record Pass(int millis) implements Step {}

    record Flush(int table) implements Step {}

    record Compact(int table) implements Step {}

    /** Power is lost after so many more operations of the disk. */
    record PowerLoss(int operations, long seed) implements Step {}

    /** The process dies. */
    record Kill() implements Step {}

    record CloseAndOpen(boolean drained) implements Step {}

    record DiskFull(int operations) implements Step {}

    record SpaceAgain() implements Step {}
}
