package io.ringsim.runtime;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What is to happen, ordered by virtual time, then by the order in which it was asked for. Timers of actors and messages
 * on the wire of one world share one queue, so their order is total.
 */
public final class EventQueue {
    private static final int ARITY = 4;
    private static final int SMALLEST = 64;

    private final VirtualClock clock;
    private Event[] heap = new Event[SMALLEST];
    private int size;
    private long sequence;

    public EventQueue(VirtualClock clock) {
        this.clock = clock;
    }

    /** Has {@code task} run {@code delayNanos} from now; 0 and less mean at this instant. */
    public Event schedule(long delayNanos, Runnable task) {
        var event = new Event(this, task, 0);
        insert(event, delayNanos);
        return event;
    }

    /** Has {@code task} run {@code delayNanos} from now and from then on once every {@code intervalNanos}. */
    public Event scheduleEvery(long delayNanos, long intervalNanos, Runnable task) {
        if (intervalNanos <= 0) {
            throw new IllegalArgumentException("an interval is longer than nothing: " + intervalNanos + " ns");
        }
        var event = new Event(this, task, intervalNanos);
        insert(event, delayNanos);
        return event;
    }

    /** Runs the earliest event, moving the clock to its time; false when there is none. */
    public boolean runNext() {
        if (size == 0) {
            return false;
        }
        var event = heap[0];
        clock.advanceTo(event.at);
        if (event.interval == 0) {
            remove(event);
        } else {
            postpone(event);
        }
        event.task.run();
        return true;
    }

    /** Whether an event is due at this instant that was asked for before the {@code mark}. */
    boolean isDue(long mark) {
        return size > 0 && heap[0].at <= clock.nanos() && heap[0].sequence < mark;
    }

    /** Tells what was asked for up to here from what will be asked for later. */
    long mark() {
        return sequence;
    }

    /** The time of the earliest event, or {@link Long#MAX_VALUE} when nothing is to happen. */
    public long nextTime() {
        return size == 0 ? Long.MAX_VALUE : heap[0].at;
    }

    /** How many events are to happen. */
    public int size() {
        return size;
    }

    /** Cancels what matches; for the end of a system that shares the queue with others. */
    void cancelIf(Predicate<Runnable> condition) {
        Arrays.stream(heap, 0, size)
                .filter(event -> condition.test(event.task))
                .toList()
                .forEach(Event::cancel);
    }

    private void insert(Event event, long delayNanos) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        event.at = after(delayNanos);
        event.sequence = sequence++;
        siftUp(event, size++);
    }

    /** A repeated event goes back to its place, later and behind all others of that time. */
    private void postpone(Event event) {
        event.at = after(event.interval);
        event.sequence = sequence++;
        siftDown(event, event.index);
    }

    private void remove(Event event) {
        int hole = event.index;
        var last = heap[--size];
        heap[size] = null;
        event.index = Event.GONE;
        if (last != event) {
            if (hole > 0 && last.isBefore(heap[(hole - 1) / ARITY])) {
                siftUp(last, hole);
            } else {
                siftDown(last, hole);
            }
        }
    }

    private long after(long delayNanos) {
        long at = clock.nanos() + Math.max(0, delayNanos);
        return at < 0 ? Long.MAX_VALUE : at;
    }

    private void siftUp(Event event, int start) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            var above = heap[parent];
            if (!event.isBefore(above)) {
                break;
            }
            put(above, hole);
            hole = parent;
        }
        put(event, hole);
    }

    private void siftDown(Event event, int start) {
        int hole = start;
        for (int first = ARITY * hole + 1; first < size; first = ARITY * hole + 1) {
            int earliest = first;
            for (int child = first + 1, end = Math.min(first + ARITY, size); child < end; child++) {
                if (heap[child].isBefore(heap[earliest])) {
                    earliest = child;
                }
            }
            if (!heap[earliest].isBefore(event)) {
                break;
            }
            put(heap[earliest], hole);
            hole = earliest;
        }
        put(event, hole);
    }

    private void put(Event event, int index) {
        heap[index] = event;
        event.index = index;
    }

    /** One thing that is to happen, once or at an interval. */
    public static final class Event {
        private static final int GONE = -1;

        private final EventQueue queue;
        private final Runnable task;
        private final long interval;
        private long at;
        private long sequence;
        private int index;

        private Event(EventQueue queue, Runnable task, long interval) {
            this.queue = queue;
            this.task = task;
            this.interval = interval;
        }

        /** Prevents the event; false when it already happened or was cancelled. */
        public boolean cancel() {
            if (index == GONE) {
                return false;
            }
            queue.remove(this);
            return true;
        }

        /** Whether it is still to happen. */
        public boolean isPending() {
            return index != GONE;
        }

        private boolean isBefore(Event other) {
            return at != other.at ? at < other.at : sequence < other.sequence;
        }
    }
}
