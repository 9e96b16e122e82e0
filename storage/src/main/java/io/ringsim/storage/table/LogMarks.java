package io.ringsim.storage.table;

import io.ringsim.data.TableId;
import io.ringsim.storage.commitlog.CommitLogPosition;
import java.io.IOException;

/** What a table tells its commit log, and asks it. */
public interface LogMarks {
    /** For tables whose writes are not logged by themselves. */
    LogMarks NONE = new LogMarks() {
        @Override
        public CommitLogPosition appended() {
            return CommitLogPosition.NONE;
        }

        @Override
        public void makeSafe(CommitLogPosition upTo) {}

        @Override
        public void markClean(TableId table, CommitLogPosition from, CommitLogPosition upTo) {}
    };

    /** All that was logged so far is up to there. */
    CommitLogPosition appended();

    /** Makes all safe that was logged up to there, so that a write to several tables is not left in one of them only. */
    void makeSafe(CommitLogPosition upTo) throws IOException;

    /** What was written to the table in between is safe in SSTables; the log may forget it. */
    void markClean(TableId table, CommitLogPosition from, CommitLogPosition upTo) throws IOException;
}
