package io.ringsim.bench;

import java.util.PriorityQueue;

/**
 * The least an event loop can do: a priority queue of tasks, ordered by time, then by the order of asking. What it takes is
 * what any simulator written by hand would take for the same sends.
 */
final class BareLoop {
    private record Task(long at, long sequence, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long sequence;
    private long now;

    void after(long nanos, Runnable action) {
        tasks.add(new Task(now + nanos, sequence++, action));
    }

    /** Runs until nothing is due within the time; returns how many tasks that were. */
    long runUntil(long end) {
        long done = 0;
        for (var next = tasks.peek(); next != null && next.at <= end; next = tasks.peek()) {
            tasks.remove();
            now = next.at;
            next.action.run();
            done++;
        }
        return done;
    }
}
