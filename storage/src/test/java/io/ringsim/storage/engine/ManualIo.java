package io.ringsim.storage.engine;

import io.ringsim.runtime.Clock;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.table.Io;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A world of one thread for an engine: time passes when it is told to, and of what is due chance picks the next. */
final class ManualIo implements Executor, Clock {
    private record Due(long nanos, Runnable task) {}

    private final Randomness chance;
    private final List<Due> due = new ArrayList<>();
    private Io io;
    private long nanos;

    ManualIo(Randomness chance) {
        this.chance = chance;
        this.io = fresh();
    }

    private Io fresh() {
        return new ExecutorIo(this, (delay, task) -> due.add(new Due(nanos + delay.toNanos(), task)), () -> 0);
    }

    Io io() {
        return io;
    }

    @Override
    public void execute(Runnable task) {
        due.add(new Due(nanos, task));
    }

    /** Does one thing that is due now; false when nothing is. */
    boolean step() {
        var ready = due.stream().filter(each -> each.nanos() <= nanos).toList();
        if (ready.isEmpty()) {
            return false;
        }
        var next = ready.get(chance.nextInt(ready.size()));
        due.remove(next);
        next.task().run();
        return true;
    }

    void settle() {
        while (step()) {}
    }

    /** Lets time pass, and does what becomes due meanwhile. */
    void pass(Duration time) {
        long until = nanos + time.toNanos();
        settle();
        while (true) {
            long next = due.stream().mapToLong(Due::nanos).min().orElse(Long.MAX_VALUE);
            if (next > until) {
                break;
            }
            nanos = next;
            settle();
        }
        nanos = until;
    }

    /** The process died: nothing that was to be done is. */
    void forget() {
        due.clear();
        io = fresh();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(1_000_000).plusNanos(nanos);
    }
}
