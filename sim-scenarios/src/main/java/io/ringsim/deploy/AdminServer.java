package io.ringsim.deploy;

import akka.actor.typed.ActorSystem;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringsim.runtime.RealWorld;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Watching and operating a host over HTTP. Pages answer GET, as JSON or with {@code ?format=text} as nodetool prints them;
 * {@code /metrics} is for Prometheus, {@code /alive} and {@code /ready} are for probes, {@code /events} is a stream of
 * server-sent events. Operations are POSTed to {@code /admin/...}, see {@link AdminOperations}.
 */
@RealWorld("it serves HTTP")
final class AdminServer implements Closeable {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final AskedHost host;
    private final HostConfig config;
    private final AdminOperations operations;

    private AdminServer(HttpServer server, AskedHost host, HostConfig config, Optional<AdminToken> token) {
        this.server = server;
        this.host = host;
        this.config = config;
        this.operations = new AdminOperations(host, token);
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
        var admin = new AdminServer(server, new AskedHost(host), config, token);
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
            var answer = new HttpAnswer(exchange);
            try {
                if (path.startsWith("/admin/")) {
                    operations.handle(exchange, path.substring("/admin/".length()));
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    answer.say(405, "only GET is answered here; operations are POSTed to /admin/...");
                } else {
                    show(
                            answer,
                            path,
                            "format=text".equals(exchange.getRequestURI().getQuery()));
                }
            } catch (CompletionException unanswered) {
                answer.say(503, "the host does not answer: " + unanswered.getMessage());
            }
        }
    }

    private void show(HttpAnswer answer, String path, boolean asText) throws IOException {
        switch (path) {
            case "/alive" -> answer.say(200, "alive");
            case "/ready" -> ready(answer);
            case "/events" -> events(answer);
            case "/metrics" -> answer.all(200, "text/plain; version=0.0.4; charset=utf-8", Metrics.of(ring()));
            default -> {
                var page = Arrays.stream(LivePage.values())
                        .filter(each -> each.path().equals(path))
                        .findFirst();
                if (page.isEmpty()) {
                    answer.say(
                            404,
                            "there is no " + path
                                    + "; there are /alive, /ready, /events, /metrics, /status, /ring, /info,"
                                    + " /netstats, /gossipinfo");
                } else if (asText) {
                    answer.all(200, "text/plain; charset=utf-8", page.get().text(ring()));
                } else {
                    answer.json(200, page.get().json(ring()));
                }
            }
        }
    }

    private void ready(HttpAnswer answer) throws IOException {
        var state = host.state();
        boolean isReady = state.phase() == RingHost.Phase.RUNNING
                && state.nodes().stream().allMatch(HostedNode::isSettled);
        answer.say(isReady ? 200 : 503, isReady ? "ready" : "not ready: " + state.phase());
    }

    private LiveRing ring() {
        var state = host.state();
        var running = state.nodes().stream().filter(HostedNode::running).findFirst();
        return new LiveRing(
                config.settings().ring().partitioner(), state, running.flatMap(node -> host.state(node.node())));
    }

    /** Until whoever listens goes away. */
    private void events(HttpAnswer answer) throws IOException {
        answer.begin("text/event-stream");
        try (var watch = new HostWatch(host.host())) {
            while (true) {
                var event = watch.next(SIGN_OF_LIFE);
                long missed = watch.missed();
                if (missed > 0) {
                    answer.more("event: missed\ndata: " + missed + "\n\n");
                }
                if (event.isEmpty()) {
                    answer.more(": nothing happened\n\n");
                } else {
                    var json = NodeEventJson.of(event.get());
                    answer.more(json.isPresent() ? "data: " + json.get() + "\n\n" : "");
                }
            }
        } catch (IOException gone) {
            host.host().log().debug("a listener to events left: {}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
