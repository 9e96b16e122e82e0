package io.ringsim.storage.commitlog;

/** What becomes of a replay that meets entries which were safe and are corrupt. */
public enum ReplayPolicy {
    /** It ends there with a message: nothing is lost unnoticed. */
    STOP,
    /** It goes on with the next entry that can be read, and reports what it left out: {@code ignore}. */
    SKIP
}
