package io.ringsim.sim;

import io.ringsim.operation.Operation.Completed;
import io.ringsim.operation.Operation.Outcome;
import io.ringsim.operation.Operation.Refused;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation that was asked of a node, until its outcome and after. */
public final class RunningOperation {
    private final String name;
    private final NodeId node;
    private final Duration started;
    private final StreamProgress progress = new StreamProgress();
    private String step = "";
    private Duration ended = Duration.ZERO;
    private @Nullable Outcome outcome;

    RunningOperation(String name, NodeId node, Duration started) {
        this.name = name;
        this.node = node;
        this.started = started;
    }

    /** An operation that could not even be asked for. */
    public static RunningOperation refused(String name, NodeId node, Duration now, String reason) {
        var operation = new RunningOperation(name, node, now);
        operation.end(new Refused(reason), now);
        return operation;
    }

    /** {@code bootstrap}, {@code replace}, {@code decommission} or {@code remove}. */
    public String name() {
        return name;
    }

    /** The node whose place it changes; a removal is another's to do. */
    public NodeId node() {
        return node;
    }

    /** When it was asked for. */
    public Duration started() {
        return started;
    }

    /** When its outcome was told. */
    public Optional<Duration> ended() {
        return outcome == null ? Optional.empty() : Optional.of(ended);
    }

    public boolean isDone() {
        return outcome != null;
    }

    /** Whether it changed, or may yet change, anything: it was not refused. */
    public boolean isBegun() {
        return !(outcome instanceof Refused);
    }

    public boolean isCompleted() {
        return outcome instanceof Completed;
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** The last step it came to. */
    public String step() {
        return step;
    }

    public StreamProgress progress() {
        return progress;
    }

    void reach(String next) {
        step = next;
    }

    void end(Outcome result, Duration now) {
        outcome = result;
        ended = now;
    }
}
