package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How far a long benchmark has come and how long it will go on, by what it took so far; said every ten seconds at most. */
@RealWorld("measures real time")
final class TimeLeft {
    private static final long SAID_EVERY = Duration.ofSeconds(10).toNanos();

    private final double total;
    private final Consumer<String> progress;
    private final LongSupplier nanos;
    private final long began;
    private long said;
    private double done;

    /** Of so much work, in any unit. */
    TimeLeft(double total, Consumer<String> progress) {
        this(total, progress, System::nanoTime);
    }

    TimeLeft(double total, Consumer<String> progress, LongSupplier nanos) {
        this.total = total;
        this.progress = progress;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.said = began;
    }

    /** So much more of the work is done. */
    void did(double work) {
        done += work;
        long now = nanos.getAsLong();
        if (now - said >= SAID_EVERY) {
            said = now;
            double left = (now - began) / 1e9 * (total - done) / done;
            progress.accept(String.format(
                    Locale.ROOT,
                    "%.0f %% done, about %d:%02d left",
                    100 * done / total,
                    (long) left / 60,
                    (long) left % 60));
        }
    }
}
