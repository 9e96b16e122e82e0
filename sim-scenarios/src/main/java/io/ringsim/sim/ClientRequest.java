package io.ringsim.sim;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A write or a read that a client asked of a node. When the node crashes before it answered, the client never learns more. */
public final class ClientRequest<T> {
    private final NodeId coordinator;
    private final Duration began;
    private Duration ended = Duration.ZERO;
    private @Nullable T outcome;

    ClientRequest(NodeId coordinator, Duration began) {
        this.coordinator = coordinator;
        this.began = began;
    }

    /** The node that was asked. */
    public NodeId coordinator() {
        return coordinator;
    }

    /** When it was asked. */
    public Duration began() {
        return began;
    }

    /** When it answered. */
    public Optional<Duration> ended() {
        return outcome == null ? Optional.empty() : Optional.of(ended);
    }

    public boolean isDone() {
        return outcome != null;
    }

    /** What it answered. */
    public Optional<T> outcome() {
        return Optional.ofNullable(outcome);
    }

    void end(T answer, Duration now) {
        if (outcome != null) {
            throw new IllegalStateException(coordinator + " answered twice: " + outcome + ", then " + answer);
        }
        outcome = answer;
        ended = now;
    }
}
