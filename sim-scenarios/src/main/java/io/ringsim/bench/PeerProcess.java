package io.ringsim.bench;

import akka.actor.Address;
import com.sun.management.UnixOperatingSystemMXBean;
import io.ringsim.deploy.StreamingHost;
import io.ringsim.runtime.RealWorld;
import io.ringsim.streaming.Throughput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Another process that streams: with nodes of its own, or as a bare program. It does what it is told, line by line, answers
 * each with a number, and ends when whoever started it is gone.
 */
@RealWorld("is a process of its own")
final class PeerProcess implements AutoCloseable {
    private static final String READY = "ready at ";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final Address address;

    /**
     * How it runs.
     *
     * @param java options of its virtual machine
     * @param outbound bytes per second that each of its nodes may send; 0 is no limit
     * @param patience with a host that is silent
     */
    record Settings(List<String> java, long outbound, Duration patience) {
        /** As fast as it can. */
        static final Settings MEASURED =
                new Settings(List.of("-Xmx1g", "-XX:+UseParallelGC"), 0, Duration.ofSeconds(5));

        Settings {
            java = List.copyOf(java);
        }
    }

    private PeerProcess(Process process, BufferedReader answers, PrintStream commands, Address address) {
        this.process = process;
        this.answers = answers;
        this.commands = commands;
        this.address = address;
    }

    /**
     * Starts it, without a node.
     *
     * @param home where the nodes of whoever starts it are
     */
    static PeerProcess start(Address home, Settings settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.java());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PeerProcess.class.getName(),
                home.getHost().get(),
                String.valueOf(home.getPort().get()),
                String.valueOf(settings.outbound()),
                settings.patience().toString()));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            var port = answers.readLine();
            if (port == null || !port.startsWith(READY)) {
                throw new IllegalStateException("the other process did not start");
            }
            var there = new Address("akka", "ringsim", "127.0.0.1", Integer.parseInt(port.substring(READY.length())));
            return new PeerProcess(process, answers, commands, there);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Address address() {
        return address;
    }

    /** Opens a node on a directory, whose name it has; how many SSTables it has. */
    long open(Path directory) {
        return ask("node " + directory.toAbsolutePath());
    }

    /** Opens one whose disk writes no more than so many bytes in a second. */
    void open(Path directory, long bytesPerSecond) {
        ask("slow-node " + directory.toAbsolutePath() + " " + bytesPerSecond);
    }

    /** Bytes that a node wrote whose disk is slow. */
    long writtenBy(String node) {
        return ask("written " + node);
    }

    /** Stops a node and waits until its store is closed. */
    void stop(String node) {
        ask("stop " + node);
    }

    /** Sessions, references and files that streaming has open at a node. */
    long openAt(String node) {
        return ask("open " + node);
    }

    /** Files and sockets it has open. */
    long openFiles() {
        return ask("files");
    }

    /** Lets it send files as a bare program would; does not wait. */
    void sendBare(int port, List<Path> files) {
        commands.println("bare " + port + " "
                + String.join(
                        " ",
                        files.stream()
                                .map(file -> file.toAbsolutePath().toString())
                                .toList()));
    }

    /** Processor time it took so far. */
    long cpuNanos() {
        return ask("cpu");
    }

    /** Bytes of its heap that are in use, after collecting. */
    long heapBytes() {
        return ask("heap");
    }

    private synchronized long ask(String question) {
        commands.println(question);
        try {
            return Long.parseLong(Optional.ofNullable(answers.readLine())
                    .orElseThrow(() -> new IllegalStateException("the other process is gone: " + question)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends it at once, whatever it is doing; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        commands.close();
        kill();
    }

    /** Processor time this process took so far. */
    static long ownCpuNanos() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }

    /** Bytes of this process's heap that are in use, after collecting. */
    static long ownHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Files and sockets this process has open. */
    static long ownOpenFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** The process: host and port of its parent's nodes, how fast its own may send, and its patience. */
    public static void main(String[] args) throws IOException {
        var home = new Address("akka", "ringsim", args[0], Integer.parseInt(args[1]));
        var settings = StreamedData.settings().withHostPatience(Duration.parse(args[3]));
        try (var host = StreamingHost.start(node -> Optional.of(home), settings)) {
            System.out.println(READY + host.address().getPort().get());
            new Obeying(host, Throughput.of(Long.parseLong(args[2]), 0)).toTheEnd();
        }
    }

    /** What the process does. */
    private static final class Obeying {
        private final StreamingHost host;
        private final Throughput throughput;
        private final Map<String, StreamingHost.Node> nodes = new TreeMap<>();
        private final Map<String, SlowFiles> slow = new TreeMap<>();

        private Obeying(StreamingHost host, Throughput throughput) {
            this.host = host;
            this.throughput = throughput;
        }

        private void toTheEnd() throws IOException {
            var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var line = commands.readLine(); line != null; line = commands.readLine()) {
                var words = line.split(" ", -1);
                if (words[0].equals("bare")) {
                    sendFiles(words);
                } else {
                    System.out.println(answer(words));
                }
            }
        }

        private long answer(String[] words) {
            return switch (words[0]) {
                case "cpu" -> ownCpuNanos();
                case "heap" -> ownHeapBytes();
                case "files" -> ownOpenFiles();
                case "open" -> host.open(node(words[1]));
                case "stop" -> {
                    host.stop(node(words[1]));
                    nodes.remove(words[1]);
                    yield 0;
                }
                case "node" -> open(Path.of(words[1]));
                case "slow-node" -> {
                    var files = new SlowFiles(Long.parseLong(words[2]));
                    var path = files.slow(Path.of(words[1]));
                    slow.put(String.valueOf(path.getFileName()), files);
                    yield open(path);
                }
                case "written" ->
                    Objects.requireNonNull(slow.get(words[1]), words[1]).written();
                default -> throw new IllegalArgumentException("cannot " + words[0]);
            };
        }

        private long open(Path directory) {
            var name = String.valueOf(directory.getFileName());
            var node = host.node(name, directory, throughput);
            nodes.put(name, node);
            return node.engine().table(SampleRows.TABLE.id()).sstableCount();
        }

        private StreamingHost.Node node(String name) {
            return Objects.requireNonNull(nodes.get(name), name);
        }

        private static void sendFiles(String[] words) throws IOException {
            var files = Arrays.stream(words).skip(2).map(Path::of).toList();
            try (var socket = SocketChannel.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[1])))) {
                BareStream.send(socket, files);
            }
        }
    }
}
