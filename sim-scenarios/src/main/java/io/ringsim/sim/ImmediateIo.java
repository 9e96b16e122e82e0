package io.ringsim.sim;

import static java.util.Objects.requireNonNull;

import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Does at once what is to be done at once, and nothing later: for an engine that is only open for a moment. */
final class ImmediateIo implements Io {
    @Override
    public <T> void run(Lane lane, Task<? extends T> task, Outcome<? super T> then) {
        T result;
        try {
            result = task.run();
        } catch (IOException failed) {
            then.failed(failed);
            return;
        } catch (UncheckedIOException wrapped) {
            then.failed(requireNonNull(wrapped.getCause()));
            return;
        }
        then.succeeded(result);
    }

    @Override
    public <T> void runAfter(Duration delay, Lane lane, Task<? extends T> task, Outcome<? super T> then) {
        if (delay.isZero()) {
            run(lane, task, then);
        }
    }
}
