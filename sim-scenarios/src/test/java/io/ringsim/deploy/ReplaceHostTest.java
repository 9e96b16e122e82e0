package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.AskPattern;
import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts of a cluster that lose their directories one after the other, until nothing is where it was first written. Files
 * travel between them encrypted.
 */
class ReplaceHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final int ROWS = 20;
    private static final String KEY_STORE = "hosts.p12";

    @TempDir
    private Path folder;

    private final SortedMap<String, HostProcess> hosts = new TreeMap<>();
    private final int seed = freePort();

    ReplaceHostTest() throws IOException {}

    @AfterEach
    void stopAll() throws IOException {
        for (var host : hosts.values()) {
            host.close();
        }
    }

    @Test
    void whatADeadHostHeldIsStreamedOverTlsToThoseThatReplaceItsNodes() throws IOException, InterruptedException {
        keyStore();
        for (var name : List.of("h1", "h2", "h3")) {
            start(name, name.equals("h1") ? seed : freePort(), "auto-bootstrap = off");
            awaitSettled(name);
        }
        TestHost.await("all are up", () -> up("h1") == 2);
        for (int row = 0; row < ROWS; row++) {
            var written = this.<WriteOutcome>ask("h1", write(row));
            assertThat(written).isEqualTo(new WriteOutcome.Written());
        }
        var tokens = tokens("h1", "h3-1");

        loseDirectory("h3");
        start("h4", freePort(), "replace { h4-1 = h3-1 }");
        awaitSettled("h4");
        TestHost.await("the replaced is forgotten", () -> endpoint("h1", "h3-1").isEmpty());
        assertThat(tokens("h1", "h4-1")).isEqualTo(tokens);

        loseDirectory("h2");
        start("h2", freePort(), "replace { h2-1 = h2-1 }");
        awaitSettled("h2");
        TestHost.await("all are up", () -> up("h1") == 2);
        for (int row = 0; row < ROWS; row++) {
            assertThat(this.<ReadOutcome>ask("h1", read(row))).isInstanceOf(ReadOutcome.Found.class);
        }
    }

    private void start(String name, int port, String more) throws IOException {
        var file = folder.resolve(name + ".conf");
        Files.writeString(file, """
                ringsim.host {
                  name = %s
                  port = %d
                  seeds = ["127.0.0.1:%d"]
                  data-directory = "%s"
                  num-tokens = 4
                  ring-delay = 100ms
                  replace-delay = 100ms
                  bootstrap-retry = 1s
                  keyspaces.shop { replication { class = SimpleStrategy, replication_factor = 2 }, tables = [orders] }
                  admin.port = 0
                  stream-tls {
                    key-store = "%s", key-store-password = secret
                    trust-store = ${ringsim.host.stream-tls.key-store}, trust-store-password = secret
                  }
                  %s
                }
                akka.cluster {
                  gossip-interval = 200ms
                  leader-actions-interval = 200ms
                  periodic-tasks-initial-delay = 100ms
                }
                """.formatted(name, port, seed, folder.resolve(name), folder.resolve(KEY_STORE), more));
        hosts.put(name, HostProcess.start(HostConfig.read(file)));
    }

    /** One key for all hosts, which they trust. */
    private void keyStore() throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var options = "-genkeypair -alias host -dname CN=host -ext san=ip:127.0.0.1 -keyalg EC -storepass secret"
                + " -storetype PKCS12 -keystore " + KEY_STORE;
        var command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(options.split(" ")));
        var made = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void loseDirectory(String name) throws IOException {
        stop(name);
        try (var files = Files.walk(folder.resolve(name))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        TestHost.await(name + " is down", () -> up("h1") == hosts.size() - 1);
    }

    private void stop(String name) throws IOException {
        host(name).close();
        hosts.remove(name);
    }

    private HostProcess host(String name) {
        var host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException(name + " does not run");
        }
        return host;
    }

    private RingHost.State state(String host) {
        var process = host(host);
        return AskPattern.<RingHost.Command, RingHost.State>ask(
                        process.host(),
                        RingHost.GetState::new,
                        PATIENCE,
                        process.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private void awaitSettled(String host) {
        TestHost.await(
                host + " is a member", () -> state(host).nodes().stream().allMatch(node -> node.mode() == Mode.NORMAL));
    }

    private List<Endpoint> endpoint(String host, String node) {
        return state(host).endpoints().stream()
                .filter(endpoint -> endpoint.node().value().equals(node))
                .toList();
    }

    private SortedSet<Token> tokens(String host, String node) {
        return new TreeSet<>(endpoint(host, node).get(0).tokens());
    }

    /** How many others the host's node takes for alive. */
    private int up(String host) {
        return this.<Node.State>ask(host, Node.GetState::new)
                .surroundings()
                .up()
                .size();
    }

    private <T> T ask(String host, Function<ActorRef<T>, Node.Command> question) {
        var process = host(host);
        var node = AskPattern.<RingHost.Command, RingHost.Found>ask(
                        process.host(),
                        replyTo -> new RingHost.FindNode(new NodeId(host + "-1"), replyTo),
                        PATIENCE,
                        process.system().scheduler())
                .toCompletableFuture()
                .join()
                .node()
                .orElseThrow();
        return AskPattern.<Node.Command, T>ask(
                        node, question::apply, PATIENCE, process.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private static Function<ActorRef<WriteOutcome>, Node.Command> write(int number) {
        var row = Row.of(Bytes.utf8("order"), Cell.live(Bytes.utf8("item"), 1, Bytes.utf8("tea")));
        var mutation = Mutation.of(ORDERS, Partition.of(key(number), row));
        return replyTo -> new Node.Write(mutation, ConsistencyLevel.ALL, replyTo);
    }

    private static Function<ActorRef<ReadOutcome>, Node.Command> read(int number) {
        return replyTo -> new Node.Read(PartitionQuery.all(ORDERS, key(number)), ConsistencyLevel.ALL, replyTo);
    }

    private static Key key(int number) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("customer" + number));
    }
}
