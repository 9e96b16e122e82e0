package io.ringsim.storage.disk;

/**
 * Who helps a writer: compresses and writes what was put in while more is put in, and makes it safe while more is written,
 * so that little is left to do at the end. Whether and when the task runs is up to it; a task that fails tells the writer,
 * not its caller.
 */
@FunctionalInterface
public interface WriteBehind {
    /** The writer does everything itself, at once, and all is made safe at the end. */
    WriteBehind NONE = task -> {};

    /** Takes a task that may run at any time, on any thread, or never. */
    void later(Runnable task);
}
