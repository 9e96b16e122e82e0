package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.report.JsonText;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.Housekeeping;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Watching and operating a host over HTTP. Pages answer GET, as JSON or with {@code ?format=text} as nodetool prints them;
 * {@code /alive} and {@code /ready} are for probes, {@code /events} is a stream of server-sent events. Operations are POSTed to
 * {@code /admin/...} with the token, if there is one; each answers with a JSON object per line, the last of which is its
 * outcome.
 */
@RealWorld("it serves HTTP")
final class AdminServer implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration OPERATION_PATIENCE = Duration.ofDays(30);
    private static final int EVENTS_MAX = 10_000;
    private static final int BACKLOG = 64;
    private static final String WATCH_ENDED = "nobody listens any more";

    private final AtomicInteger watches = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads;
    private final ActorSystem<RingHost.Command> host;
    private final HostConfig config;
    private final Optional<AdminToken> token;

    private AdminServer(
            HttpServer server, ActorSystem<RingHost.Command> host, HostConfig config, Optional<AdminToken> token) {
        this.server = server;
        this.host = host;
        this.config = config;
        this.token = token;
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "ringsim-admin");
            thread.setDaemon(true);
            return thread;
        });
    }

    static AdminServer start(ActorSystem<RingHost.Command> host, HostConfig config, Optional<AdminToken> token)
            throws IOException {
        var address =
                new InetSocketAddress(config.admin().address(), config.admin().port());
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (IOException taken) {
            throw new IOException("cannot listen at " + address + " for watching: " + taken.getMessage(), taken);
        }
        var admin = new AdminServer(server, host, config, token);
        server.setExecutor(admin.threads);
        server.createContext("/", admin::handle);
        server.start();
        return admin;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            try {
                if (path.startsWith("/admin/")) {
                    operate(exchange, path.substring("/admin/".length()));
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    answer(exchange, 405, "only GET is answered here; operations are POSTed to /admin/...\n");
                } else {
                    show(exchange, path);
                }
            } catch (CompletionException unanswered) {
                answer(exchange, 503, "the host does not answer: " + unanswered.getMessage() + "\n");
            }
        }
    }

    private void show(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/alive" -> answer(exchange, 200, "alive\n");
            case "/ready" -> ready(exchange);
            case "/events" -> events(exchange);
            default -> {
                for (var page : LivePage.values()) {
                    if (page.path().equals(path)) {
                        show(exchange, page);
                        return;
                    }
                }
                answer(
                        exchange,
                        404,
                        "there is no " + path + "; there are /alive, /ready, /status, /ring, /info,"
                                + " /netstats, /gossipinfo, /metrics, /events\n");
            }
        }
    }

    private void show(HttpExchange exchange, LivePage page) throws IOException {
        boolean asText = page == LivePage.METRICS
                || "format=text".equals(exchange.getRequestURI().getQuery());
        var ring = ring();
        exchange.getResponseHeaders()
                .set("Content-Type", asText ? "text/plain; version=0.0.4; charset=utf-8" : "application/json");
        answer(exchange, 200, asText ? page.text(ring) : page.json(ring));
    }

    private void ready(HttpExchange exchange) throws IOException {
        var state = state();
        boolean isReady = state.phase() == RingHost.Phase.RUNNING
                && state.nodes().stream().allMatch(HostedNode::isSettled);
        answer(exchange, isReady ? 200 : 503, isReady ? "ready\n" : "not ready: " + state.phase() + "\n");
    }

    private RingHost.State state() {
        return AskPattern.<RingHost.Command, RingHost.State>ask(
                        host, RingHost.GetState::new, PATIENCE, host.scheduler())
                .toCompletableFuture()
                .join();
    }

    private LiveRing ring() {
        var state = state();
        var running = state.nodes().stream().filter(HostedNode::running).findFirst();
        return new LiveRing(
                config.settings().ring().partitioner(), state, running.flatMap(node -> nodeState(node.node())));
    }

    private Optional<Node.State> nodeState(NodeId node) {
        return AskPattern.<RingHost.Command, RingHost.Found>ask(
                        host, replyTo -> new RingHost.FindNode(node, replyTo), PATIENCE, host.scheduler())
                .toCompletableFuture()
                .join()
                .node()
                .map(actor -> AskPattern.<Node.Command, Node.State>ask(
                                actor, Node.GetState::new, PATIENCE, host.scheduler())
                        .toCompletableFuture()
                        .join());
    }

    /** Until whoever listens goes away. */
    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var watch = watch()) {
            while (true) {
                var event = watch.next();
                var text = event.map(each -> "event: " + each.getClass().getSimpleName() + "\ndata: " + each + "\n\n")
                        .orElse(": nothing happened\n\n");
                exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (IOException gone) {
            host.log().debug("a listener to events left: {}", gone.getMessage());
        }
    }

    private Watch watch() {
        var queue = new LinkedBlockingQueue<Node.Event>(EVENTS_MAX);
        ActorRef<Object> watcher = host.systemActorOf(
                Behaviors.receive(Object.class)
                        .onMessage(Node.Event.class, event -> {
                            if (!queue.offer(event)) {
                                queue.clear(); // who reads too slowly misses some
                            }
                            return Behaviors.same();
                        })
                        .onMessageEquals(WATCH_ENDED, Behaviors::stopped)
                        .build(),
                "admin-watch-" + watches.incrementAndGet(),
                Props.empty());
        host.tell(new RingHost.Watch(watcher));
        return new Watch(queue, watcher);
    }

    private record Watch(BlockingQueue<Node.Event> queue, ActorRef<Object> watcher) implements Closeable {
        /** Nothing when nothing happened for a while. */
        Optional<Node.Event> next() throws IOException {
            try {
                return Optional.ofNullable(queue.poll(10, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                throw new IOException("the host stops", stopped);
            }
        }

        @Override
        public void close() {
            watcher.tell(WATCH_ENDED);
        }
    }

    private void operate(HttpExchange exchange, String what) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "operations are POSTed\n");
            return;
        }
        if (token.isEmpty()) {
            answer(exchange, 403, "this host can only be watched; give it a ringsim.host.admin.token-file\n");
            return;
        }
        var given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()));
        if (given.filter(token.get()::is).isEmpty()) {
            answer(exchange, 401, "the token is not this host's\n");
            return;
        }
        var arguments = Query.of(exchange.getRequestURI().getRawQuery());
        var node = new NodeId(arguments.getOrDefault("node", "-"));
        switch (what) {
            case "decommission" -> decommission(exchange, node, "true".equals(arguments.get("force")));
            case "flush" -> keep(exchange, node, RingHost.Chore.FLUSH);
            case "compact" -> keep(exchange, node, RingHost.Chore.COMPACT);
            case "drain" -> drain(exchange);
            case "stop" -> {
                answer(exchange, 202, outcome("completed", "it stops") + "\n");
                host.terminate();
            }
            default ->
                answer(
                        exchange,
                        404,
                        "there is no " + what + "; there are decommission, flush, compact, drain, stop\n");
        }
    }

    private void decommission(HttpExchange exchange, NodeId node, boolean force) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (var watch = watch()) {
            var ended = AskPattern.<RingHost.Command, Operation.Outcome>ask(
                            host,
                            replyTo -> new RingHost.Decommission(node, force, replyTo),
                            OPERATION_PATIENCE,
                            host.scheduler())
                    .toCompletableFuture();
            while (!ended.isDone()) {
                var event = Optional.ofNullable(poll(watch));
                if (event.isPresent()
                        && event.get() instanceof Node.OperationMoved moved
                        && moved.node().equals(node)
                        && moved.event() instanceof Operation.Step step) {
                    line(exchange, JsonText.compact(json -> {
                        json.writeStartObject();
                        json.writeStringField("step", step.text());
                        json.writeEndObject();
                    }));
                }
            }
            line(exchange, outcome(ended.join()));
        }
    }

    private static Node.@Nullable Event poll(Watch watch) throws IOException {
        try {
            return watch.queue().poll(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException("the host stops", stopped);
        }
    }

    private static String outcome(Operation.Outcome outcome) {
        if (outcome instanceof Operation.Failed failed) {
            return outcome("failed", failed.reason());
        }
        return outcome instanceof Operation.Refused refused
                ? outcome("refused", refused.reason())
                : outcome("completed", "");
    }

    private static String outcome(String outcome, String reason) {
        return JsonText.compact(json -> {
            json.writeStartObject();
            json.writeStringField("schema", "ringsim/outcome/1");
            json.writeStringField("outcome", outcome);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    private void keep(HttpExchange exchange, NodeId node, RingHost.Chore chore) throws IOException {
        var kept = AskPattern.<RingHost.Command, Housekeeping.Kept>ask(
                        host, replyTo -> new RingHost.Keep(node, chore, replyTo), OPERATION_PATIENCE, host.scheduler())
                .toCompletableFuture()
                .join();
        answer(
                exchange,
                200,
                (kept instanceof Housekeeping.Failed failed
                                ? outcome("failed", failed.reason())
                                : outcome("completed", ""))
                        + "\n");
    }

    private void drain(HttpExchange exchange) throws IOException {
        var drained = AskPattern.<RingHost.Command, RingHost.Drained>ask(
                        host, RingHost.Drain::new, OPERATION_PATIENCE, host.scheduler())
                .toCompletableFuture()
                .join();
        var problems = String.join("; ", drained.problems());
        answer(exchange, 200, outcome(problems.isEmpty() ? "completed" : "failed", problems) + "\n");
    }

    private static void line(HttpExchange exchange, String line) throws IOException {
        exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What follows the question mark. */
    private static final class Query {
        private Query() {}

        static Map<String, String> of(@Nullable String raw) {
            var all = new TreeMap<String, String>();
            if (raw != null) {
                for (var pair : raw.split("&", -1)) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        all.put(
                                pair.substring(0, equals),
                                URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                    }
                }
            }
            return all;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
