package io.ringsim.coordinator;

import java.time.Duration;

/**
 * How long a coordinator waits for replicas.
 *
 * @param writeRequestTimeout for all that have to acknowledge a write ({@code write_request_timeout_in_ms}, 2 s)
 * @param readRequestTimeout for a read with all of its rounds, read repair included ({@code read_request_timeout_in_ms},
 *     5 s)
 */
public record CoordinatorSettings(Duration writeRequestTimeout, Duration readRequestTimeout) {
    public CoordinatorSettings {
        if (writeRequestTimeout.compareTo(Duration.ZERO) <= 0 || readRequestTimeout.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("a request needs time");
        }
    }

    public static CoordinatorSettings defaults() {
        return new CoordinatorSettings(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }
}
