package io.ringsim.scenario;

import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation.Completed;
import io.ringsim.operation.Operation.Failed;
import io.ringsim.operation.Operation.Outcome;
import io.ringsim.operation.Operation.Refused;
import io.ringsim.operation.Operation.Step;
import io.ringsim.operation.Operation.Streaming;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.sim.RingListener;
import io.ringsim.sim.RunningOperation;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps what happened in a run as reports want it, and passes it on as it happens. */
final class RunLog implements RingListener {
    /** A node was in the mode from then on. */
    record ModeSince(Duration at, Mode mode) {}

    /** An operation with the word the scenario used for it. */
    record Asked(String word, RunningOperation operation) {}

    private final RunListener listener;
    private final Function<NodeId, List<Token>> tokens;
    private final SortedMap<NodeId, List<ModeSince>> modes = new TreeMap<>();
    private final TreeSet<NodeId> streaming = new TreeSet<>();
    private final List<Asked> asked = new ArrayList<>();
    private final SortedMap<NodeId, List<RunResult.SessionRun>> sessions = new TreeMap<>();
    private final SortedMap<NodeId, SortedMap<NodeId, Duration>> prepared = new TreeMap<>();
    private final List<RunResult.FaultRun> faults = new ArrayList<>();
    private final List<NodeId> movers = new ArrayList<>();
    private boolean news;

    RunLog(RunListener listener, Function<NodeId, List<Token>> tokens) {
        this.listener = listener;
        this.tokens = tokens;
    }

    @Override
    public void heard(Duration now, Node.Event event) {
        if (event instanceof Node.ModeChanged changed) {
            modes.computeIfAbsent(changed.node(), any -> new ArrayList<>()).add(new ModeSince(now, changed.mode()));
            event(now, "state", changed.node(), "state", changed.mode().toString(), "tokens", tokensOf(changed));
            news = true;
        } else if (event instanceof Node.OperationMoved moved) {
            if (moved.event() instanceof Step step) {
                event(now, "step", moved.node(), "operation", moved.operation(), "step", step.text());
                news = true;
            } else if (moved.event() instanceof Streaming streams) {
                onStreaming(now, moved.node(), moved.operation(), streams);
            }
        } else if (event instanceof Node.Streamed streamed && streamed.event() instanceof Progress) {
            news |= streaming.add(streamed.node());
        }
    }

    /** The tokens a node comes with; empty when it only goes on with those it has. */
    private String tokensOf(Node.ModeChanged changed) {
        boolean comes = changed.mode() == Mode.JOINING || changed.mode() == Mode.NORMAL;
        return comes
                ? tokens.apply(changed.node()).stream().map(Token::toString).collect(Collectors.joining(" "))
                : "";
    }

    private void onStreaming(Duration now, NodeId node, String operation, Streaming streams) {
        news = true;
        if (streams.event() instanceof Prepared ready) {
            var open = prepared.computeIfAbsent(node, any -> new TreeMap<>());
            if (open.isEmpty()) {
                movers.add(node);
            }
            open.put(ready.peer(), now);
            event(
                    now,
                    "session-prepared",
                    node,
                    "operation",
                    operation,
                    "peer",
                    ready.peer().toString(),
                    "files_to_send",
                    "" + ready.filesToSend(),
                    "bytes_to_send",
                    "" + ready.bytesToSend(),
                    "files_to_receive",
                    "" + ready.filesToReceive(),
                    "bytes_to_receive",
                    "" + ready.bytesToReceive());
        } else if (streams.event() instanceof SessionEnded ended) {
            onSessionEnded(now, node, operation, ended.result());
        }
    }

    private void onSessionEnded(Duration now, NodeId node, String operation, SessionResult result) {
        var began = prepared.getOrDefault(node, new TreeMap<>()).remove(result.peer());
        var state = result.completed() ? "COMPLETE" : "FAILED";
        sessions.computeIfAbsent(node, any -> new ArrayList<>())
                .add(new RunResult.SessionRun(
                        result.peer(),
                        state,
                        result.failure(),
                        began == null ? now : began,
                        now,
                        result.filesSent(),
                        result.filesReceived(),
                        result.bytesSent(),
                        result.bytesReceived(),
                        result.retries()));
        event(
                now,
                "session-ended",
                node,
                "operation",
                operation,
                "peer",
                result.peer().toString(),
                "state",
                state,
                "failure",
                result.failure());
    }

    void asked(Duration now, String word, RunningOperation operation) {
        asked.add(new Asked(word, operation));
        event(now, "operation-started", operation.node(), "operation", word);
    }

    void ended(Duration now, Asked what, Outcome outcome) {
        event(
                now,
                "operation-ended",
                what.operation().node(),
                "operation",
                what.word(),
                "outcome",
                outcomeOf(outcome).toString().toLowerCase(java.util.Locale.ROOT),
                "reason",
                reasonOf(outcome));
    }

    void faultBegan(Duration now, String fault, String detail) {
        listener.onEvent(
                new RunListener.Event(now, "fault", Optional.empty(), fields("fault", fault, "detail", detail)));
    }

    void faultEnded(Duration now, String fault, String detail, Duration began) {
        faults.add(new RunResult.FaultRun(fault, detail, began, now));
        if (!now.equals(began)) {
            listener.onEvent(new RunListener.Event(
                    now, "fault-ended", Optional.empty(), fields("fault", fault, "detail", detail)));
        }
    }

    void violated(Duration now, String invariant, String detail) {
        listener.onEvent(new RunListener.Event(
                now, "violation", Optional.empty(), fields("invariant", invariant, "detail", detail)));
    }

    /** From now on only what happens later is news. */
    void takeNews() {
        news = false;
    }

    /** The nodes whose ranges began to move since this was last asked. */
    List<NodeId> takeMovers() {
        var taken = List.copyOf(movers);
        movers.clear();
        return taken;
    }

    boolean hasNews() {
        return news;
    }

    /** Whether the node has sent or received a byte of a file. */
    boolean hasStreamed(NodeId node) {
        return streaming.contains(node);
    }

    List<ModeSince> modesOf(NodeId node) {
        return modes.getOrDefault(node, List.of());
    }

    List<Asked> asked() {
        return Collections.unmodifiableList(asked);
    }

    List<RunResult.FaultRun> faults() {
        return List.copyOf(faults);
    }

    /** The operations as a result shows them; sessions belong to the operation during which they ended. */
    List<RunResult.OperationRun> operations(Duration now) {
        var runs = new ArrayList<RunResult.OperationRun>();
        for (var one : asked) {
            var operation = one.operation();
            var end = operation.ended().orElse(now);
            var during = sessions.getOrDefault(operation.node(), List.of()).stream()
                    .filter(session -> session.ended().compareTo(operation.started()) >= 0
                            && session.ended().compareTo(end) <= 0)
                    .toList();
            runs.add(new RunResult.OperationRun(
                    one.word(),
                    operation.node(),
                    operation.outcome().map(RunLog::outcomeOf).orElse(Expectation.Outcome.FAILED),
                    operation.outcome().map(RunLog::reasonOf).orElse("did not end before the run did"),
                    operation.started(),
                    end,
                    during));
        }
        return runs;
    }

    static Expectation.Outcome outcomeOf(Outcome outcome) {
        if (outcome instanceof Completed) {
            return Expectation.Outcome.COMPLETED;
        }
        return outcome instanceof Failed ? Expectation.Outcome.FAILED : Expectation.Outcome.REFUSED;
    }

    static String reasonOf(Outcome outcome) {
        if (outcome instanceof Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Refused refused ? refused.reason() : "";
    }

    private void event(Duration now, String kind, NodeId node, String... keysAndValues) {
        listener.onEvent(new RunListener.Event(now, kind, Optional.of(node), fields(keysAndValues)));
    }

    private static SortedMap<String, String> fields(String... keysAndValues) {
        var fields = new TreeMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
