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

    /** Why the session cannot be waited for any longer; empty when it can. */
    String whyHopeless() {
        if (isPast(heardAt, settings.streamingSocketTimeout())) {
            return "nothing heard for " + settings.streamingSocketTimeout() + " (streaming_socket_timeout_in_ms)";
        }
        return isPast(movedAt, settings.streamTransferTaskTimeout())
                ? "no progress for " + settings.streamTransferTaskTimeout() + " (stream_transfer_task_timeout)"
                : "";
    }

    private boolean isPast(long since, Duration patience) {
        return clock.nanos() - since >= patience.toNanos();
    }
}
