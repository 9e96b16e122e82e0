package io.ringsim.bench;

import akka.actor.Address;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The other process of a benchmark of streaming: sends what it is asked for, by nodes of its own, or as a bare program. It
 * ends when whoever started it is gone.
 */
@RealWorld("is a process of its own")
final class SendingProcess implements AutoCloseable {
    private static final String READY = "ready at ";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final Address address;

    private SendingProcess(Process process, BufferedReader answers, PrintStream commands, Address address) {
        this.process = process;
        this.answers = answers;
        this.commands = commands;
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @param home where the nodes of whoever starts it are
     * @param directories each the directory of a node, whose name it has
     * @param throughput of each of its nodes, to the same and to other datacenters
     */
    static SendingProcess start(Address home, List<Path> directories, Throughput throughput) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                SendingProcess.class.getName(),
                home.getHost().get(),
                String.valueOf(home.getPort().get()),
                String.valueOf(throughput.outbound())));
        directories.forEach(directory -> command.add(directory.toAbsolutePath().toString()));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            var port = answers.readLine();
            if (port == null || !port.startsWith(READY)) {
                throw new IllegalStateException("the other process of the benchmark did not start");
            }
            var there = new Address("akka", "ringsim", "127.0.0.1", Integer.parseInt(port.substring(READY.length())));
            return new SendingProcess(process, answers, commands, there);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Address address() {
        return address;
    }

    /** Lets it send files as a bare program would. */
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

    private long ask(String question) {
        commands.println(question);
        try {
            return Long.parseLong(Optional.ofNullable(answers.readLine())
                    .orElseThrow(() -> new IllegalStateException("the other process of the benchmark is gone")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends it at once, whatever it is doing. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        commands.close();
        process.destroyForcibly();
        process.onExit().join();
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

    /** The process: the address of its parent's nodes, how fast its own may send, and their directories. */
    public static void main(String[] args) throws IOException {
        var home = new Address("akka", "ringsim", args[0], Integer.parseInt(args[1]));
        try (var host = StreamedData.host(node -> Optional.of(home))) {
            for (var directory : Arrays.asList(args).subList(3, args.length)) {
                var path = Path.of(directory);
                host.node(String.valueOf(path.getFileName()), path, Throughput.of(Long.parseLong(args[2]), 0));
            }
            System.out.println(READY + host.address().getPort().get());
            var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var line = commands.readLine(); line != null; line = commands.readLine()) {
                var words = line.split(" ", -1);
                switch (words[0]) {
                    case "cpu" -> System.out.println(ownCpuNanos());
                    case "heap" -> System.out.println(ownHeapBytes());
                    default -> sendFiles(words);
                }
            }
        }
    }

    private static void sendFiles(String[] words) throws IOException {
        var files = Arrays.stream(words).skip(2).map(Path::of).toList();
        try (var socket = SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[1])))) {
            BareStream.send(socket, files);
        }
    }
}
