package io.ringsim.deploy;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
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
import io.ringsim.node.Node;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A host in a process of its own. On its standard input it is told {@code write}: from then on it writes all the time through
 * its nodes, at QUORUM, and notes in a file what was acknowledged; {@code pause}; {@code verify FILE}: it reads all that the file
 * says at QUORUM, and tells how many of how many were there; {@code actors}: it names those of its nodes; and {@code stop}. At its
 * end it says how it ended, {@code stopped} or {@code downed}; its exit code is that of {@code ringsim node}.
 */
final class HostUnderLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READERS = 16;
    private static final int LEVEL = 4;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final TableId ORDERS = new TableId("shop", "orders");

    private final HostProcess process;
    private final HostConfig config;
    private volatile boolean paused;
    private long written;

    private HostUnderLoad(HostProcess process, HostConfig config) {
        this.process = process;
        this.config = config;
    }

    /** CONFIG ACKNOWLEDGED LIFE: the configuration, the file for what was acknowledged, what the keys begin with. */
    public static void main(String[] arguments) throws Exception {
        var config = HostConfig.read(Path.of(arguments[0]));
        var process = HostProcess.start(config);
        var host = new HostUnderLoad(process, config);
        var writer = new Thread(() -> host.write(Path.of(arguments[1]), arguments[2]), "writer");
        var listener = new Thread(() -> host.listen(writer), "listener");
        writer.setDaemon(true);
        listener.setDaemon(true);
        listener.start();
        boolean isDowned = process.awaitEnd() == HostProcess.End.DOWNED;
        System.out.println(isDowned ? "downed" : "stopped");
        System.exit(isDowned ? 3 : 0);
    }

    private void listen(Thread writer) {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (var line = input.readLine(); line != null && !line.equals("stop"); line = input.readLine()) {
                System.out.println(answer(line, writer));
            }
            paused = true;
            process.system().terminate();
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(70);
        }
    }

    private String answer(String line, Thread writer) throws Exception {
        if (line.equals("write")) {
            writer.start();
            return "writing";
        } else if (line.equals("pause")) {
            paused = true;
            writer.join();
            return "paused " + written;
        } else if (line.equals("actors")) {
            return actors();
        }
        return verify(Path.of(line.substring("verify ".length())));
    }

    /** Those below the host, by their paths, as Akka draws them: a line each, indented by four for each level. */
    private String actors() {
        var classic = (ExtendedActorSystem) Adapter.toClassic(process.system());
        var path = new ArrayList<String>();
        var found = new ArrayList<String>();
        for (var line : classic.printTree().lines().toList()) {
            int arrow = line.indexOf("-> ");
            int level = arrow / LEVEL;
            path.subList(Math.min(level, path.size()), path.size()).clear();
            path.add(line.substring(arrow + "-> ".length()).split(" ", 2)[0]);
            if (level > 1 && path.get(1).equals("user")) {
                found.add(String.join("/", path.subList(2, path.size())));
            }
        }
        return String.join(" ", found);
    }

    private void write(Path acknowledged, String life) {
        for (int i = 0; !paused; i++) {
            LockSupport.parkNanos(PAUSE_NANOS); // so that all can be read again in the end
            var name = life + "-" + i;
            var node = node(i);
            if (node.isPresent() && written(node.get(), name)) {
                try {
                    Files.writeString(acknowledged, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
                written++;
            }
        }
    }

    private Optional<ActorRef<Node.Command>> node(int number) {
        var names = List.copyOf(config.settings().nodes().keySet());
        for (int i = 0; i < names.size(); i++) {
            var found = find(names.get((number + i) % names.size()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ActorRef<Node.Command>> find(NodeId node) {
        try {
            return AskPattern.<RingHost.Command, RingHost.Found>ask(
                            process.host(),
                            replyTo -> new RingHost.FindNode(node, replyTo),
                            PATIENCE,
                            process.system().scheduler())
                    .toCompletableFuture()
                    .join()
                    .node();
        } catch (CompletionException stopping) {
            return Optional.empty();
        }
    }

    private boolean written(ActorRef<Node.Command> node, String name) {
        var row = Row.of(Bytes.utf8("r"), Cell.live(Bytes.utf8("v"), 1, Bytes.utf8("value of " + name)));
        var mutation = Mutation.of(ORDERS, Partition.of(key(name), row));
        try {
            return AskPattern.<Node.Command, WriteOutcome>ask(
                                    node,
                                    replyTo -> new Node.Write(mutation, ConsistencyLevel.QUORUM, replyTo),
                                    PATIENCE,
                                    process.system().scheduler())
                            .toCompletableFuture()
                            .join()
                    instanceof WriteOutcome.Written;
        } catch (CompletionException unanswered) {
            return false;
        }
    }

    private String verify(Path acknowledged) throws Exception {
        var names = Files.readAllLines(acknowledged);
        var checks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < names.size(); i++) {
            int number = i;
            checks.add(() -> isThere(names.get(number), number));
        }
        var readers = Executors.newFixedThreadPool(READERS);
        var missing = new ArrayList<String>();
        var found = readers.invokeAll(checks);
        for (int i = 0; i < names.size(); i++) {
            if (!found.get(i).get()) {
                missing.add(names.get(i));
            }
        }
        readers.shutdown();
        return "verified " + (names.size() - missing.size()) + " of " + names.size()
                + (missing.isEmpty() ? "" : ", missing " + missing);
    }

    /** A few tries: a read that timed out says nothing. */
    private boolean isThere(String name, int number) {
        for (int tries = 0; tries < 10; tries++) {
            var node = node(number + tries).orElseThrow();
            var outcome = AskPattern.<Node.Command, ReadOutcome>ask(
                            node,
                            replyTo -> new Node.Read(
                                    PartitionQuery.all(ORDERS, key(name)), ConsistencyLevel.QUORUM, replyTo),
                            PATIENCE,
                            process.system().scheduler())
                    .toCompletableFuture()
                    .join();
            if (outcome instanceof ReadOutcome.Found rows) {
                return rows.partition().rowCount() == 1
                        && rows.partition().row(0).cell(0).value().toUtf8().equals("value of " + name);
            }
            System.err.println(name + ": " + outcome);
        }
        return false;
    }

    private static Key key(String name) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8(name));
    }
}
