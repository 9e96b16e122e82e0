package io.ringsim.runtime;

import akka.actor.Cancellable;
import akka.actor.SchedulerException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/**
 * What is to happen, ordered by virtual time, then by the order in which it was asked for. Timers of actors and messages
 * on the wire of one world share one queue, so their order is total.
 *
 * <p>It is a heap whose nodes have four children. Time and order lie apart from the events, side by side in one array,
 * because beyond some thousand events what costs is not comparing but fetching from memory. Cancelled events stay until
 * they are due or until they are the majority.
 */
public final class EventQueue {
    private static final int ARITY = 4;
    private static final int SMALLEST = 64;

    private final VirtualClock clock;
    private long[] keys = new long[2 * SMALLEST]; // time and order of event i at 2 i and 2 i + 1
    private @Nullable Event[] events = new Event[SMALLEST];
    private int size;
    private int cancelled;
    private long sequence;

    public EventQueue(VirtualClock clock) {
        this.clock = clock;
    }

    /** Has {@code task} run {@code delayNanos} from now; 0 and less mean at this instant. */
    public Event schedule(long delayNanos, Runnable task) {
        return schedule(delayNanos, 0, task, null, null);
    }

    /** Has {@code task} run {@code delayNanos} from now and from then on once every {@code intervalNanos}. */
    public Event scheduleEvery(long delayNanos, long intervalNanos, Runnable task) {
        return scheduleEvery(delayNanos, intervalNanos, task, null, null);
    }

    Event scheduleEvery(
            long delayNanos,
            long intervalNanos,
            Runnable task,
            @Nullable ExecutionContext executor,
            @Nullable Object owner) {
        if (intervalNanos <= 0) {
            throw new IllegalArgumentException("an interval is longer than nothing: " + intervalNanos + " ns");
        }
        return schedule(delayNanos, intervalNanos, task, executor, owner);
    }

    /** An event handed to an executor when it is due, and dropped together with all others of its owner. */
    Event schedule(
            long delayNanos,
            long intervalNanos,
            Runnable task,
            @Nullable ExecutionContext executor,
            @Nullable Object owner) {
        var event = new Event(this, task, intervalNanos, executor, owner);
        if (size == events.length) {
            grow();
        }
        siftUp(event, after(delayNanos), sequence++, size++);
        return event;
    }

    /** Runs the earliest event, moving the clock to its time; false when there is none. */
    public boolean runNext() {
        var event = first();
        if (event == null) {
            return false;
        }
        clock.advanceTo(keys[0]);
        if (event.interval == 0) {
            event.pending = false;
            removeFirst();
        } else {
            siftDown(event, after(event.interval), sequence++, 0);
        }
        event.happen();
        return true;
    }

    /** Whether an event is due at this instant that was asked for before the {@code mark}. */
    boolean isDue(long mark) {
        return first() != null && keys[0] <= clock.nanos() && keys[1] < mark;
    }

    /** Tells what was asked for up to here from what will be asked for later. */
    long mark() {
        return sequence;
    }

    /** The time of the earliest event, or {@link Long#MAX_VALUE} when nothing is to happen. */
    public long nextTime() {
        return first() == null ? Long.MAX_VALUE : keys[0];
    }

    /** How many events are to happen. */
    public int size() {
        return size - cancelled;
    }

    /** Cancels what belongs to an owner, telling the tasks that will now not run. */
    void cancelAllOf(Object owner, Consumer<Runnable> tell) {
        for (int i = 0; i < size; i++) {
            var event = Objects.requireNonNull(events[i]);
            if (event.pending && event.owner == owner) {
                event.pending = false;
                cancelled++;
                tell.accept(event.task);
            }
        }
        sweep();
    }

    private @Nullable Event first() {
        while (size > 0) {
            var event = Objects.requireNonNull(events[0]);
            if (event.pending) {
                return event;
            }
            cancelled--;
            removeFirst();
        }
        return null;
    }

    private void cancelledOne() {
        cancelled++;
        if (cancelled > SMALLEST && cancelled > size / 2) {
            sweep();
        }
    }

    /** Drops cancelled events and orders the rest anew. */
    private void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            var event = Objects.requireNonNull(events[i]);
            if (event.pending) {
                put(event, keys[2 * i], keys[2 * i + 1], kept++);
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int i = (size - 2) / ARITY; i >= 0 && size > 1; i--) {
            siftDown(Objects.requireNonNull(events[i]), keys[2 * i], keys[2 * i + 1], i);
        }
    }

    private void grow() {
        events = Arrays.copyOf(events, 2 * size);
        keys = Arrays.copyOf(keys, 4 * size);
    }

    private long after(long delayNanos) {
        long at = clock.nanos() + Math.max(0, delayNanos);
        return at < 0 ? Long.MAX_VALUE : at;
    }

    private void removeFirst() {
        int last = --size;
        var moved = Objects.requireNonNull(events[last]);
        events[last] = null;
        if (last > 0) {
            siftDown(moved, keys[2 * last], keys[2 * last + 1], 0);
        }
    }

    private void siftUp(Event event, long at, long order, int start) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) / ARITY;
            if (!isBefore(at, order, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(event, at, order, hole);
    }

    private void siftDown(Event event, long at, long order, int start) {
        int hole = start;
        for (int child = ARITY * hole + 1; child < size; child = ARITY * hole + 1) {
            int earliest = child;
            for (int other = child + 1, end = Math.min(child + ARITY, size); other < end; other++) {
                if (isBefore(keys[2 * other], keys[2 * other + 1], earliest)) {
                    earliest = other;
                }
            }
            if (isBefore(at, order, earliest)) {
                break;
            }
            move(earliest, hole);
            hole = earliest;
        }
        put(event, at, order, hole);
    }

    private boolean isBefore(long at, long order, int other) {
        long otherAt = keys[2 * other];
        return at != otherAt ? at < otherAt : order < keys[2 * other + 1];
    }

    private void move(int from, int to) {
        put(Objects.requireNonNull(events[from]), keys[2 * from], keys[2 * from + 1], to);
    }

    private void put(Event event, long at, long order, int index) {
        events[index] = event;
        keys[2 * index] = at;
        keys[2 * index + 1] = order;
    }

    /** One thing that is to happen, once or at an interval. */
    public static final class Event implements Cancellable {
        private final EventQueue queue;
        private final Runnable task;
        private final @Nullable ExecutionContext executor;
        private final @Nullable Object owner;
        private final long interval;
        private boolean pending = true;
        private boolean prevented;

        private Event(
                EventQueue queue,
                Runnable task,
                long interval,
                @Nullable ExecutionContext executor,
                @Nullable Object owner) {
            this.queue = queue;
            this.task = task;
            this.interval = interval;
            this.executor = executor;
            this.owner = owner;
        }

        /** What only tells an actor something, as Akka's timers do, needs no turn of its own. */
        private void happen() {
            if (executor == null) {
                run();
            } else if (executor instanceof VirtualDispatcher dispatcher) {
                try {
                    run();
                } catch (Exception logged) {
                    dispatcher.reportFailure(logged);
                }
            } else {
                executor.execute(interval == 0 ? task : this::run);
            }
        }

        private void run() {
            try {
                task.run();
            } catch (SchedulerException targetIsGone) {
                cancel();
            }
        }

        /** Prevents the event; false when it already happened or was cancelled. */
        @Override
        public boolean cancel() {
            if (!pending) {
                return false;
            }
            pending = false;
            prevented = true;
            queue.cancelledOne();
            return true;
        }

        @Override
        public boolean isCancelled() {
            return prevented;
        }

        /** Whether it is still to happen. */
        public boolean isPending() {
            return pending;
        }
    }
}
