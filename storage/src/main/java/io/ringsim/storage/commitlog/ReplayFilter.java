package io.ringsim.storage.commitlog;

import io.ringsim.data.TableId;
import java.util.Optional;

/** What of a log has to be replayed. */
@FunctionalInterface
public interface ReplayFilter {
    /** Everything, whatever the table. */
    ReplayFilter EVERYTHING = table -> Optional.of(FlushedPositions.NOTHING);

    /** What of the table is in SSTables already; empty if there is no such table (any more). */
    Optional<FlushedPositions> flushed(TableId table);
}
