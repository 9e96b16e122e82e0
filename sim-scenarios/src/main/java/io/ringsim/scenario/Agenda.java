package io.ringsim.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;

/** What a run will do at known moments of virtual time; what is due at the same moment happens in the order it was put down. */
final class Agenda {
    private record Entry(Duration at, long sequence, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long sequence;

    void at(Duration time, Runnable task) {
        entries.add(new Entry(time, sequence++, task));
    }

    Optional<Duration> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Does everything that is due; true when there was anything. */
    boolean doDue(Duration now) {
        boolean any = false;
        while (true) {
            var entry = entries.peek();
            if (entry == null || entry.at().compareTo(now) > 0) {
                return any;
            }
            entries.remove();
            entry.task().run();
            any = true;
        }
    }
}
