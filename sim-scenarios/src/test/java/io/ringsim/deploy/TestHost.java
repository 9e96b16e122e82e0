package io.ringsim.deploy;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private final TestLan.Place place;
    private int lives;
    private @Nullable Process process;
    private @Nullable BufferedReader output;

    private TestHost(Path folder, String name, TestLan.Place place) {
        this.folder = folder;
        this.name = name;
        this.place = place;
    }

    /** Writes its configuration. */
    static TestHost of(Path folder, String name, String rack, TestLan.Place place, List<TestLan.Place> seeds, int nodes)
            throws IOException {
        var host = new TestHost(folder, name, place);
        Files.writeString(folder.resolve("token"), TOKEN);
        folder.resolve("token").toFile().setReadable(false, false);
        folder.resolve("token").toFile().setReadable(true, true);
        var addresses = seeds.stream().map(seed -> "\"" + seed.seed() + "\"").toList();
        Files.writeString(host.config(), """
                ringsim.host {
                  name = %s
                  listen-address = "%s"
                  port = %d
                  seeds = %s
                  data-directory = "%s"
                  rack = %s
                  nodes = %d
                  keyspaces.shop { replication { class = NetworkTopologyStrategy, dc1 = 3 }, tables = [orders] }
                  admin { address = "%s", port = %d, token-file = "%s" }
                  commitlog-sync = batch
                  ring-delay = 2s
                  bootstrap-retry = 1s
                }
                """.formatted(
                        name,
                        place.address(),
                        place.port(),
                        addresses,
                        folder.resolve(name),
                        rack,
                        nodes,
                        place.address(),
                        place.admin(),
                        folder.resolve("token")));
        return host;
    }

    String name() {
        return name;
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
        var command = new ArrayList<>(place.command());
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostUnderLoad.class.getName(),
                config().toString(),
                acknowledged().toString(),
                name + "-" + lives));
        var started = new ProcessBuilder(command)
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

    /** Stops it in order. */
    End stop() throws IOException, InterruptedException {
        return end(tell("stop"));
    }

    /** Waits for its end by itself. */
    End awaitEnd() throws IOException, InterruptedException {
        return end(String.valueOf(requireNonNull(output).readLine()));
    }

    private End end(String last) throws InterruptedException {
        boolean ended = running().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new End(last, ended ? running().exitValue() : -1);
    }

    /** What a process said last, and its exit code. */
    record End(String last, int code) {}

    /** Files of its directory that it has open although they are deleted; on Linux. */
    List<String> deletedAndOpen() throws IOException {
        var handles = Path.of("/proc", Long.toString(running().pid()), "fd");
        var found = new ArrayList<String>();
        if (Files.isDirectory(handles)) {
            try (var all = Files.newDirectoryStream(handles)) {
                for (var handle : all) {
                    var file = target(handle);
                    if (file.startsWith(data().toString()) && file.endsWith(" (deleted)")) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
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
        return URI.create("http://" + place.address() + ":" + place.admin() + path);
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
