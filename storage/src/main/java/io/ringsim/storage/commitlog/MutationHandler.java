package io.ringsim.storage.commitlog;

import io.ringsim.data.Mutation;
import java.io.IOException;

/** Takes what a log held, in the order it was appended in. */
@FunctionalInterface
public interface MutationHandler {
    /**
     * Applies a write.
     *
     * @param position where it was in the log
     */
    void replay(Mutation mutation, CommitLogPosition position) throws IOException;
}
