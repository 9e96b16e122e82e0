package io.ringsim.runtime;

import java.util.PriorityQueue;

/** What is to happen, ordered by virtual time, then by the order in which it was asked for. */
public final class EventQueue {
    private final VirtualClock clock;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long sequence;

    public EventQueue(VirtualClock clock) {
        this.clock = clock;
    }

    /** Has {@code task} run {@code delayNanos} from now; 0 and less mean at this instant. */
    public Event schedule(long delayNanos, Runnable task) {
        var event = new Event(clock.nanos() + Math.max(0, delayNanos), sequence++, task);
        events.add(event);
        return event;
    }

    /** Runs the earliest event, moving the clock to its time; false when there is none. */
    public boolean runNext() {
        for (var event = events.poll(); event != null; event = events.poll()) {
            if (!event.cancelled) {
                clock.advanceTo(event.at);
                event.cancelled = true;
                event.task.run();
                return true;
            }
        }
        return false;
    }

    /** One thing that is to happen. */
    public static final class Event implements Comparable<Event> {
        private final long at;
        private final long sequence;
        private final Runnable task;
        private boolean cancelled;

        private Event(long at, long sequence, Runnable task) {
            this.at = at;
            this.sequence = sequence;
            this.task = task;
        }

        /** Prevents the event; false when it already happened or was cancelled. */
        public boolean cancel() {
            boolean pending = !cancelled;
            cancelled = true;
            return pending;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
