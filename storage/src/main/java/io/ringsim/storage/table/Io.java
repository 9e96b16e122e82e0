package io.ringsim.storage.table;

import java.io.IOException;
import java.time.Duration;

/**
 * Where work that waits for a disk is done. Whoever asks goes on at once and is told the outcome later, when the work and
 * the time that the disk takes for it are over; in the simulated world that time is virtual.
 */
public interface Io {
    /** What does not wait for one another. Work of one lane other than {@link #READ} is done in the order it was asked. */
    enum Lane {
        LOG,
        FLUSH,
        COMPACTION,
        READ
    }

    /** A piece of work. What it throws otherwise than as an {@link IOException}, or its unchecked kin, is a bug. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** Who is told, exactly once. */
    interface Outcome<T> {
        void succeeded(T result);

        void failed(IOException reason);
    }

    <T> void run(Lane lane, Task<? extends T> task, Outcome<? super T> then);

    /** The same, not before the delay is over. */
    <T> void runAfter(Duration delay, Lane lane, Task<? extends T> task, Outcome<? super T> then);
}
