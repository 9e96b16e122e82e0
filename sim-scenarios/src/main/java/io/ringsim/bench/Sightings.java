package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Which members of a cluster take which others for alive: told by their threads, waited for by the one that measures. */
@RealWorld("measures real time")
final class Sightings {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SortedMap<String, SortedSet<String>> seen = new TreeMap<>();

    /** From now on the observer takes the other for alive. */
    void sees(String observer, String other) {
        change(() -> seenBy(observer).add(other));
    }

    /** From now on the observer takes the other for dead. */
    void loses(String observer, String other) {
        change(() -> seenBy(observer).remove(other));
    }

    private SortedSet<String> seenBy(String observer) {
        return seen.computeIfAbsent(observer, any -> new TreeSet<>());
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until each of so many members sees every other; whether that was in time. */
    boolean awaitAllSeeAll(int members, Duration patience) {
        return await(
                () -> seen.size() == members
                        && seen.entrySet().stream()
                                .allMatch(each -> others(each.getKey(), each.getValue()) == members - 1),
                patience);
    }

    private static long others(String observer, SortedSet<String> seen) {
        return seen.stream().filter(other -> !other.equals(observer)).count();
    }

    /** Waits until nobody but itself sees the member; whether that was in time. */
    boolean awaitNobodySees(String member, Duration patience) {
        return await(
                () -> seen.entrySet().stream()
                        .noneMatch(each ->
                                !each.getKey().equals(member) && each.getValue().contains(member)),
                patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } finally {
            lock.unlock();
        }
    }
}
