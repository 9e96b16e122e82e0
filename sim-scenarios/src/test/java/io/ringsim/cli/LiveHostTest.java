package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.deploy.HostConfig;
import io.ringsim.deploy.HostProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A host that runs, as commands and HTTP show and operate it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveHostTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static HostProcess process;
    private static String live;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        token("token", "0123456789abcdef");
        token("other", "fedcba9876543210");
        Files.writeString(config(), """
                ringsim.host {
                  name = h1
                  port = %d
                  seeds = ["127.0.0.1:%d"]
                  data-directory = "%s"
                  nodes = 2
                  num-tokens = 4
                  ring-delay = 100ms
                  keyspaces.shop { replication { class = SimpleStrategy, replication_factor = 1 }, tables = [orders] }
                  admin { port = 0, token-file = "%s" }
                }
                """.formatted(port, port, folder.resolve("data"), folder.resolve("token")));
        process = HostProcess.start(HostConfig.read(config()));
        live = "127.0.0.1:" + process.admin().getPort();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (get("/ready").statusCode() != 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(get("/ready").body()).isEqualTo("ready\n");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void token(String file, String token) throws IOException {
        Files.writeString(folder.resolve(file), token);
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString("rw-------"));
    }

    private static Path config() {
        return folder.resolve("h1.conf");
    }

    @AfterAll
    static void stop() throws IOException {
        process.close();
    }

    private static HttpResponse<String> get(String path) throws IOException {
        return send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + process.admin().getPort() + path));
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return HTTP.send(request.build(), handler);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static Ran admin(String token, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add(0, "admin");
        all.addAll(List.of("--live", live, "--token-file", folder.resolve(token).toString()));
        return Ran.with(all.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void eachPageIsThereAsTextAndAsJson() {
        var status = Ran.with("status", "--live", live);
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).contains("Datacenter: dc1", "UN  h1-1", "UN  h1-2");
        assertThat(Ran.with("status", "--live", live, "-F", "json").json().get("nodes"))
                .hasSize(2);
        assertThat(Ran.with("ring", "--live", live, "-F", "json").json().get("tokens"))
                .hasSize(8);
        assertThat(Ran.with("info", "--live", live).out()).containsPattern("Generation No  : \\d{10}");
        assertThat(Ran.with("netstats", "--live", live).out()).contains("Mode: NORMAL", "Not sending any streams.");
        assertThat(Ran.with("gossipinfo", "--live", live, "-F", "json").json().get("endpoints"))
                .hasSize(2);
    }

    @Test
    @Order(1)
    void prometheusGetsWhatItUnderstands() throws IOException {
        assertThat(get("/metrics").body().lines())
                .contains("# TYPE ringsim_nodes_running gauge", "ringsim_nodes_running 2", "ringsim_ring_nodes_up 2")
                .allMatch(line -> line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{node=\"[^\"]+\"})? \\d+"));
    }

    @Test
    @Order(1)
    void onlyWhoKnowsTheTokenOperates() throws IOException {
        assertThat(admin("other", "flush", "--node", "h1-1").exitCode()).isEqualTo(1);
        assertThat(admin("other", "flush", "--node", "h1-1").err()).contains("the token is not this host's");
        assertThat(send(
                                request("/admin/stop").POST(HttpRequest.BodyPublishers.noBody()),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/admin/stop").statusCode()).isEqualTo(405);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void choresAreDoneAndWhatCannotBeIsRefusedWithTheReason() {
        assertThat(admin("token", "flush", "--node", "h1-1")
                        .json()
                        .get("outcome")
                        .asText())
                .isEqualTo("completed");
        assertThat(admin("token", "cleanup", "--node", "h1-1").exitCode()).isZero();
        var unknown = admin("token", "compact", "--node", "h9-9");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("this host has no node h9-9; it has [h1-1, h1-2]");
        assertThat(admin("token", "explode").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void aHostWhoseNodesNobodyCouldReplaceDoesNotLeave() {
        var alone = admin("token", "leave");

        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.err()).contains("leave refused: no other normal nodes in the ring");
        assertThat(admin("token", "flush", "--node", "h1-2").exitCode()).isZero();
    }

    @Test
    @Order(2)
    void onlyADeadMemberIsRemoved() {
        var alive = admin("token", "remove", "h1-1");
        assertThat(alive.exitCode()).isEqualTo(1);
        assertThat(alive.err()).contains("remove refused: Node h1-1 is alive and owns this ID.");
        assertThat(admin("token", "remove", "h9-9").err()).contains("not a member of the token ring: h9-9");
        assertThat(admin("token", "remove", "--force").err()).contains("No nodes to force removal on");
        assertThat(admin("token", "remove").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void aDecommissionTellsItsStepsAndWhoListensToEventsHearsThem() throws IOException {
        var events = send(request("/events"), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = events.body()) {
            var done = admin("token", "decommission", "--node", "h1-2", "--force");

            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(done.err()).contains("h1-2: LEAVING: streaming data to other nodes", "DECOMMISSIONED");
            assertThat(done.json().get("outcome").asText()).isEqualTo("completed");
            var heard = new StringBuilder();
            while (!heard.toString().contains("\"event\":\"ended\"")) {
                heard.append(new String(stream.readNBytes(1), StandardCharsets.UTF_8));
            }
            assertThat(heard).contains("data: {\"event\":\"mode\",\"node\":\"h1-2\",\"mode\":\"LEAVING\"}\n\n");
        }
        assertThat(admin("token", "decommission", "--node", "h1-2").err()).contains("refused", "already");
    }

    @Test
    @Order(4)
    void aSecondHostOnTheSameDirectoryIsRefused() {
        var second = Ran.with("node", "--config", config().toString());

        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.err()).contains("this process has this directory already");
    }

    @Test
    @Order(5)
    void nobodyThereIsSaidSo() throws IOException {
        var nobody = Ran.with("status", "--live", "127.0.0.1:" + freePort());

        assertThat(nobody.exitCode()).isEqualTo(5);
        assertThat(nobody.err()).contains("is the host running");
        assertThat(Ran.with("status", "--live", "nonsense").exitCode()).isEqualTo(2);
    }
}
