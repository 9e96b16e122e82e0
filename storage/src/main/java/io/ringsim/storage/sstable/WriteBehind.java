package io.ringsim.storage.sstable;

/**
 * Who makes written bytes safe while more are written, so that little is left to do at the end. Whether and when the task
 * runs is up to it; a task that fails tells the writer, not its caller.
 */
@FunctionalInterface
public interface WriteBehind {
    /** All is made safe at the end. */
    WriteBehind NONE = task -> {};

    /** Takes a task that may run at any time, on any thread, or never. */
    void later(Runnable task);
}
