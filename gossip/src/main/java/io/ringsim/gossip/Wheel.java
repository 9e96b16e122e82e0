package io.ringsim.gossip;

import io.ringsim.runtime.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does something for each of many once per interval, each at its own time within it, with few events: the interval is cut
 * into slots, and a slot has one event however many it serves.
 */
final class Wheel<T> {
    private static final int SLOTS = 20;

    private final EventQueue events;
    private final long interval;
    private final Consumer<T> work;
    private final List<Slot> slots = new ArrayList<>();

    Wheel(EventQueue events, Duration interval, Consumer<T> work) {
        this.events = events;
        this.interval = interval.toNanos();
        this.work = work;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new Slot());
        }
    }

    /** From now on serves this one too; {@code phase}, from 0 to 1, says where in the interval. */
    void add(T member, double phase, long now) {
        int index = (int) (phase * SLOTS);
        slots.get(index).add(member, index, now);
    }

    void remove(T member) {
        slots.forEach(slot -> slot.remove(member));
    }

    private final class Slot {
        private List<T> members = List.of();
        private EventQueue.@Nullable Event turn;

        void add(T member, int index, long now) {
            members = with(member);
            if (turn == null) {
                long start = index * (interval / SLOTS);
                long since = Math.floorMod(now - start, interval);
                turn = events.scheduleEvery(interval - since, interval, () -> members.forEach(work));
            }
        }

        private List<T> with(T member) {
            var more = new ArrayList<>(members);
            more.add(member);
            return more;
        }

        void remove(T member) {
            if (members.contains(member)) {
                members =
                        members.stream().filter(other -> !other.equals(member)).toList();
            }
            if (members.isEmpty() && turn != null) {
                turn.cancel();
                turn = null;
            }
        }
    }
}
