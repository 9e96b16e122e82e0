package io.ringsim.streaming;

import io.ringsim.runtime.Clock;
import java.time.Duration;

/** Knows when the peer was last heard, and when the session last moved on. */
final class Pulse {
    private final Clock clock;
    private final StreamingSettings settings;
    private long heardAt;
    private long movedAt;

    Pulse(Clock clock, StreamingSettings settings) {
        this.clock = clock;
        this.settings = settings;
        moved();
    }

    void heard() {
        heardAt = clock.nanos();
    }

    void moved() {
        heardAt = clock.nanos();
        movedAt = heardAt;
    }

    /**
     * Why the session cannot be waited for any longer; empty when it can.
     *
     * @param apart whether its content has a connection of its own, on which time passes as well
     */
    String whyHopeless(boolean apart) {
        var patience = settings.patience();
        if (isPast(heardAt, patience.streamingSocketTimeout())) {
            return "nothing heard for " + patience.streamingSocketTimeout() + " (streaming_socket_timeout_in_ms)";
        }
        if (apart && isPast(movedAt, patience.streamingSocketTimeout())) {
            return "no content moved for " + patience.streamingSocketTimeout() + " (streaming_socket_timeout_in_ms)";
        }
        return isPast(movedAt, patience.streamTransferTaskTimeout())
                ? "no progress for " + patience.streamTransferTaskTimeout() + " (stream_transfer_task_timeout)"
                : "";
    }

    private boolean isPast(long since, Duration patience) {
        return clock.nanos() - since >= patience.toNanos();
    }
}
