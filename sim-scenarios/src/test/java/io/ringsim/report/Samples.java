package io.ringsim.report;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.scenario.Expectation.Outcome;
import io.ringsim.scenario.RunListener.Event;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.ExpectationRun;
import io.ringsim.scenario.RunResult.FaultRun;
import io.ringsim.scenario.RunResult.InvariantRun;
import io.ringsim.scenario.RunResult.NodeRun;
import io.ringsim.scenario.RunResult.OperationRun;
import io.ringsim.scenario.RunResult.SessionRun;
import io.ringsim.scenario.RunResult.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs as a runner would tell of them, drawn from a seed. */
final class Samples {
    private static final long GIB = 1L << 30;

    private Samples() {}

    /** A ring into which nodes come one after the other, and one of the first goes, with faults on the way. */
    static StoredRun grown(int nodes, int joining, int tokens, long seed) {
        var random = new Random(seed);
        var before = new ArrayList<NodeRun>();
        for (int i = 1; i <= nodes; i++) {
            before.add(node(i, tokens, "NORMAL", 400 * GIB, 3.0 / nodes, random));
        }
        var after = new ArrayList<>(before.subList(1, before.size()));
        IntStream.rangeClosed(nodes + 1, nodes + joining)
                .forEach(i -> after.add(node(i, tokens, "NORMAL", 290 * GIB, 3.0 / (nodes + joining), random)));
        var operations = new ArrayList<OperationRun>();
        Duration start = Duration.ofSeconds(10);
        for (int i = nodes + 1; i <= nodes + joining; i++) {
            operations.add(operation("bootstrap", new NodeId("n" + i), before, start, random));
            start = operations.get(operations.size() - 1).ended().plusSeconds(20);
        }
        operations.add(operation("decommission", before.get(0).node(), after, start, random));
        Duration end = operations.get(operations.size() - 1).ended().plusSeconds(60);
        var faults = List.of(
                new FaultRun("partition", "n2 | n7", Duration.ofMinutes(9), Duration.ofMinutes(17)),
                new FaultRun("corrupt-file", "n3, 1 file", Duration.ofMinutes(12), Duration.ofMinutes(12)),
                new FaultRun("crash", "n4", Duration.ofMinutes(60), Duration.ofMinutes(65)));
        var result = new RunResult(
                "grow-while-a-peer-flaps",
                seed,
                Verdict.PASSED,
                "",
                end,
                Duration.ofMillis(3_217),
                1_204_331,
                "6b1f0c9a77e2d35480aa41f2c9be07d1",
                operations,
                List.of(
                        new InvariantRun("every session ends in one outcome", 48, List.of()),
                        new InvariantRun("at rest all views agree", 12, List.of())),
                List.of(
                        new ExpectationRun("n7 is NORMAL within 9h", true, "after 2h41m"),
                        new ExpectationRun("every key is on its replicas", true, "20,000 keys compared")),
                new TreeMap<>(Map.of(
                        "file bytes",
                        3_412L * GIB,
                        "messages.chunk",
                        81_223L,
                        "gossip bytes",
                        9_812_331L,
                        "messages.gossip",
                        17L)),
                faults,
                after);
        var events = events(result);
        return new StoredRun(
                result,
                before,
                changes(before, events),
                events.subList(0, Math.min(events.size(), RunFolder.EVENTS_SHOWN)),
                events.size(),
                Path.of("out/grow/42"));
    }

    static StoredRun drawn(long seed) {
        var random = new Random(seed);
        return grown(2 + random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(8), seed);
    }

    static StoredRun failed(StoredRun run) {
        var old = run.result();
        var operations = new ArrayList<>(old.operations());
        var first = operations.get(0);
        var sessions = new ArrayList<>(first.sessions());
        var broken = sessions.get(0);
        String failure = "n2 never answered Prepare";
        sessions.set(
                0, new SessionRun(broken.peer(), "FAILED", failure, broken.started(), broken.ended(), 0, 3, 0, GIB, 3));
        operations.set(
                0,
                new OperationRun(
                        first.operation(),
                        first.node(),
                        Outcome.FAILED,
                        "1 of 6 sessions failed",
                        first.started(),
                        first.ended(),
                        sessions));
        var result = new RunResult(
                old.scenario(),
                old.seed(),
                Verdict.FAILED,
                "n7 did not become NORMAL within 9h",
                old.virtualTime(),
                old.wallTime(),
                old.events(),
                old.traceHash(),
                operations,
                List.of(new InvariantRun("at rest all views agree", 12, List.of("n2 still sees n7 JOINING"))),
                List.of(new ExpectationRun("n7 is NORMAL within 9h", false, "it is JOINING at the end")),
                old.network(),
                old.faults(),
                old.nodes());
        return new StoredRun(result, run.before(), run.between(), run.events(), run.eventCount(), run.folder());
    }

    /** Names that mean something to one format or another. */
    static List<String> hostileNames() {
        return List.of(
                "<script>alert('1')</script>,\"a\nb\"",
                "]]>--><!--&amp;&#0;",
                "a,b;\"c\",\r\n=1+1",
                "\u0000\u0001\u001b[31m\u202e\ud800",
                "\\u0022}],\\",
                "../../etc/passwd",
                "{{x}} $(rm -rf) `id` %n %s",
                "\u8282\u70b9 \u00e9 \ud83d\ude00");
    }

    /** A run in which every name is an attack on whoever prints it. */
    static StoredRun hostile(String name) {
        var node = new NodeId(name.replaceAll("\\s", "~"));
        var there = new NodeRun(
                node, new Location(name, name), List.of(new Token.StringToken(name)), name, true, 1, 2, 3, 0.5);
        var session = new SessionRun(node, name, name, Duration.ZERO, Duration.ofSeconds(1), 1, 2, 3, 4, 5);
        var operation = new OperationRun(
                name, node, Outcome.FAILED, name, Duration.ZERO, Duration.ofSeconds(1), List.of(session));
        var result = new RunResult(
                name,
                -1,
                Verdict.FAILED,
                name,
                Duration.ofSeconds(2),
                Duration.ofMillis(1),
                1,
                name,
                List.of(operation),
                List.of(new InvariantRun(name, 1, List.of(name))),
                List.of(new ExpectationRun(name, false, name)),
                new TreeMap<>(Map.of(name, 1L)),
                List.of(new FaultRun(name, name, Duration.ZERO, Duration.ofSeconds(1))),
                List.of(there));
        var event = new Event(
                Duration.ofSeconds(1),
                name,
                Optional.of(node),
                new TreeMap<>(Map.of(name, name, "at", name, "kind_", name)));
        return new StoredRun(result, List.of(there), List.of(), List.of(event), 1, Path.of("out"));
    }

    private static NodeRun node(int i, int tokens, String state, long load, double owns, Random random) {
        List<Token> drawn = Stream.generate(random::nextLong)
                .limit(tokens)
                .map(value -> (Token) new LongToken(value))
                .toList();
        return new NodeRun(
                new NodeId("n" + i),
                new Location("dc1", "r" + (1 + i % 3)),
                drawn,
                state,
                true,
                (long) (load * (0.9 + random.nextDouble() / 5)),
                random.nextInt(300) * GIB,
                random.nextInt(300) * GIB,
                owns * (0.9 + random.nextDouble() / 5));
    }

    private static OperationRun operation(
            String operation, NodeId node, List<NodeRun> peers, Duration start, Random random) {
        var sessions = new ArrayList<SessionRun>();
        boolean joins = operation.equals("bootstrap");
        Duration streaming = start.plusSeconds(60);
        Duration end = streaming;
        for (var peer : peers) {
            long bytes = random.nextInt(100) * GIB / 4;
            int files = 1 + random.nextInt(40);
            Duration ended = streaming.plusSeconds(60 + bytes / (6 << 20));
            end = end.compareTo(ended) > 0 ? end : ended;
            sessions.add(new SessionRun(
                    peer.node(),
                    "COMPLETE",
                    "",
                    streaming,
                    ended,
                    joins ? 0 : files,
                    joins ? files : 0,
                    joins ? 0 : bytes,
                    joins ? bytes : 0,
                    random.nextInt(10) == 0 ? 1 : 0));
        }
        return new OperationRun(operation, node, Outcome.COMPLETED, "", start, end.plusSeconds(2), sessions);
    }

    private static List<Event> events(RunResult run) {
        var events = new ArrayList<Event>();
        for (var operation : run.operations()) {
            var node = Optional.of(operation.node());
            events.add(new Event(
                    operation.started(),
                    "operation-started",
                    node,
                    new TreeMap<>(Map.of("operation", operation.operation()))));
            for (var session : operation.sessions()) {
                events.add(new Event(
                        session.ended(),
                        "session-ended",
                        node,
                        new TreeMap<>(Map.of(
                                "operation", operation.operation(),
                                "peer", session.peer().value(),
                                "state", session.state(),
                                "bytes_received", Long.toString(session.bytesReceived())))));
            }
            events.add(new Event(operation.ended(), "state", node, state(operation, run)));
        }
        return events;
    }

    private static SortedMap<String, String> state(OperationRun operation, RunResult run) {
        if (operation.operation().equals("decommission")) {
            return new TreeMap<>(Map.of("state", "LEFT"));
        }
        var joined = run.nodes().stream()
                .filter(node -> node.node().equals(operation.node()))
                .findFirst()
                .orElseThrow();
        String tokens = joined.tokens().stream().map(Token::toString).collect(Collectors.joining(" "));
        return new TreeMap<>(Map.of("state", "NORMAL", "tokens", tokens));
    }

    private static List<StoredRun.RingChange> changes(List<NodeRun> before, List<Event> events) {
        var history = new RingHistory();
        before.forEach(history::onStart);
        events.forEach(history::onEvent);
        return history.changes();
    }
}
