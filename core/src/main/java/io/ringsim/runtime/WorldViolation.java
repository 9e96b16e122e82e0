package io.ringsim.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Something left the simulated world: a foreign thread reached in, an actor blocked, or the driver called from the wrong
 * place. The run can no longer be repeated from its seed. The cause, if any, is where it happened.
 */
public final class WorldViolation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    WorldViolation(String message) {
        super(message);
    }

    WorldViolation(String message, @Nullable Throwable where) {
        super(message, where);
    }
}
