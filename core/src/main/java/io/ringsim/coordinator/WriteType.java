package io.ringsim.coordinator;

import io.ringsim.data.Mutation;

/** What kind of write failed, as the native protocol names them. */
public enum WriteType {
    /** To one table. */
    SIMPLE,
    /** To several tables under one key. */
    UNLOGGED_BATCH;

    static WriteType of(Mutation mutation) {
        return mutation.updates().size() == 1 ? SIMPLE : UNLOGGED_BATCH;
    }
}
