package io.ringsim.deploy;

import com.sun.net.httpserver.HttpExchange;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Operating a host over HTTP, for those who know its token. Answers end with a line of JSON that says what it came to. */
final class AdminOperations {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final AskedHost host;
    private final Optional<AdminToken> token;

    AdminOperations(AskedHost host, Optional<AdminToken> token) {
        this.host = host;
        this.token = token;
    }

    void handle(HttpExchange exchange, String what) throws IOException {
        var answer = new HttpAnswer(exchange);
        if (!exchange.getRequestMethod().equals("POST")) {
            answer.say(405, "operations are POSTed");
        } else if (token.isEmpty()) {
            answer.say(403, "this host can only be watched; give it a ringsim.host.admin.token-file");
        } else if (!token.get().isIn(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer.say(401, "the token is not this host's");
        } else {
            operate(answer, what, arguments(exchange.getRequestURI().getRawQuery()));
        }
    }

    private void operate(HttpAnswer answer, String what, Map<String, String> arguments) throws IOException {
        var node = new NodeId(arguments.getOrDefault("node", "-"));
        boolean force = "true".equals(arguments.get("force"));
        switch (what) {
            case "decommission" ->
                told(answer, moved -> moved.equals(node), () -> host.decommission(node, force), outcome -> {});
            case "remove" -> told(answer, any -> true, () -> host.remove(node, force), outcome -> {});
            case "leave" -> told(answer, any -> true, () -> host.leave(force), this::end);
            case "flush" -> keep(answer, node, RingHost.Chore.FLUSH);
            case "compact" -> keep(answer, node, RingHost.Chore.COMPACT);
            case "cleanup" -> keep(answer, node, RingHost.Chore.CLEANUP);
            case "drain" -> {
                var problems = String.join("; ", host.drain().problems());
                outcome(answer, Outcomes.json(problems.isEmpty() ? "completed" : "failed", problems));
            }
            case "stop" -> {
                outcome(answer, Outcomes.json("completed", "it stops"));
                host.host().terminate();
            }
            default ->
                answer.say(
                        404,
                        "there is no " + what
                                + "; there are decommission, remove, leave, flush, compact, cleanup, drain, stop");
        }
    }

    private void keep(HttpAnswer answer, NodeId node, RingHost.Chore chore) throws IOException {
        outcome(answer, Outcomes.json(host.keep(node, chore)));
    }

    private static void outcome(HttpAnswer answer, String json) throws IOException {
        answer.json(200, json + "\n");
    }

    /** With its nodes out of the ring there is nothing for the process to do: it leaves the cluster and ends. */
    private void end(Operation.Outcome outcome) {
        if (outcome instanceof Operation.Completed) {
            host.host().terminate();
        }
    }

    /**
     * Has it done, and tells each step as it comes, then the outcome.
     *
     * @param then what is to be done after that, also when nobody waits for the answer any more
     */
    private void told(
            HttpAnswer answer,
            Predicate<NodeId> whose,
            Supplier<CompletableFuture<Operation.Outcome>> operation,
            Consumer<Operation.Outcome> then)
            throws IOException {
        answer.begin("application/x-ndjson");
        try (var watch = new HostWatch(host.host())) {
            var outcome = operation.get();
            try {
                tell(answer, whose, watch, outcome);
            } finally {
                var unused = outcome.thenAccept(then);
            }
        }
    }

    private static void tell(
            HttpAnswer answer, Predicate<NodeId> whose, HostWatch watch, CompletableFuture<Operation.Outcome> outcome)
            throws IOException {
        boolean over = false;
        while (!over) {
            over = outcome.isDone();
            if (over) {
                watch.catchUp(); // so that no step before the end is left out
            }
            for (var event = watch.next(LOOK_EVERY); event.isPresent(); event = watch.next(Duration.ZERO)) {
                if (isStep(event.get(), whose)) {
                    answer.more(NodeEventJson.of(event.get()).orElseThrow() + "\n");
                }
            }
        }
        answer.more(Outcomes.json(outcome.join()) + "\n");
    }

    private static boolean isStep(Node.Event event, Predicate<NodeId> whose) {
        return event instanceof Node.OperationMoved moved
                && whose.test(moved.node())
                && moved.event() instanceof Operation.Step;
    }

    /** What follows the question mark. */
    private static Map<String, String> arguments(@Nullable String query) {
        var all = new TreeMap<String, String>();
        for (var pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                all.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
