package io.ringsim.deploy;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A host of a deployed ring as a test drives it: its process, which comes and goes, and its directory, which stays. */
final class TestHost {
    static final String TOKEN = "0123456789abcdef";
    private static final long PATIENCE_SECONDS = 120;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path folder;
    private final String name;
    private final int admin;
    private int lives;
    private @Nullable Process process;
    private @Nullable BufferedReader output;

    private TestHost(Path folder, String name, int admin) {
        this.folder = folder;
        this.name = name;
        this.admin = admin;
    }

    /** Writes its configuration. */
    static TestHost of(Path folder, String name, String rack, int port, List<Integer> seeds, int nodes)
            throws IOException {
        var host = new TestHost(folder, name, freePort());
        Files.writeString(folder.resolve("token"), TOKEN);
        folder.resolve("token").toFile().setReadable(false, false);
        folder.resolve("token").toFile().setReadable(true, true);
        var addresses = seeds.stream().map(seed -> "\"127.0.0.1:" + seed + "\"").toList();
        Files.writeString(host.config(), """
                ringsim.host {
                  name = %s
                  port = %d
                  seeds = %s
                  data-directory = "%s"
                  rack = %s
                  nodes = %d
                  keyspaces.shop { replication { class = NetworkTopologyStrategy, dc1 = 3 }, tables = [orders] }
                  admin { port = %d, token-file = "%s" }
                  commitlog-sync = batch
                  ring-delay = 5s
                  bootstrap-retry = 2s
                }
                """.formatted(
                        name, port, addresses, folder.resolve(name), rack, nodes, host.admin, folder.resolve("token")));
        return host;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    /** How often it was started. */
    int lives() {
        return lives;
    }

    Path config() {
        return folder.resolve(name + ".conf");
    }

    Path acknowledged() {
        return folder.resolve(name + ".acknowledged");
    }

    Path data() {
        return folder.resolve(name);
    }

    void start() throws IOException {
        lives++;
        var java = ProcessHandle.current().info().command().orElse("java");
        var started = new ProcessBuilder(
                        java,
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostUnderLoad.class.getName(),
                        config().toString(),
                        acknowledged().toString(),
                        name + "-" + lives)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".err").toFile()))
                .start();
        process = started;
        output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    }

    private Process running() {
        return requireNonNull(process, name + " was not started");
    }

    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    void signal(String which) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + which, Long.toString(running().pid()))
                .start()
                .waitFor();
    }

    /** Tells it something and returns what it answers. */
    String tell(String command) throws IOException {
        var input = running().getOutputStream();
        input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        return String.valueOf(requireNonNull(output).readLine());
    }

    /** Stops it in order; whether it did so. */
    boolean stop() throws IOException, InterruptedException {
        return tell("stop").equals("stopped")
                && running().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                && running().exitValue() == 0;
    }

    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    boolean isReady() {
        try {
            return get("/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String page(String path) {
        try {
            return get(path).body();
        } catch (IOException failed) {
            return "";
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    String post(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + admin + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw new UncheckedIOException(new IOException(stopped));
        }
    }

    /** How many nodes it sees up. */
    long nodesUp() {
        return page("/status").lines().filter(line -> line.contains("\"Up\"")).count();
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain waited until " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
