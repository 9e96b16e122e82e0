package io.ringsim.storage.table;

/** Why a memtable is flushed, in Cassandra's words. */
public enum FlushReason {
    COMMITLOG_DIRTY,
    MEMTABLE_LIMIT,
    MEMTABLE_PERIOD_EXPIRED,
    USER_FORCED,
    STARTUP,
    DRAIN,
    STREAMING,
    VALIDATION,
    OWNED_RANGES_CHANGE
}
