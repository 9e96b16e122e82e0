package io.ringsim.bench;

import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.RealWorld;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.streaming.Throughput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moving the data of one node, or ranges of it, to a new one, in bytes of data files per second, beside moving as much as a
 * bare program does. Tells the processor time that either took in all processes.
 */
@RealWorld("measures what real processes do")
final class StreamCase {
    private static final AtomicInteger TARGETS = new AtomicInteger();

    private final StreamingHost host;
    private final PeerProcess sender;
    private final String source;
    private final List<TokenRange> ranges;
    private final List<Path> files;
    private final ExecutorService helpers;
    private final List<Double> ourCpu = new ArrayList<>();
    private final List<Double> bareCpu = new ArrayList<>();

    /**
     * A case.
     *
     * @param source the node that has the data
     * @param files what the bare program moves
     */
    StreamCase(
            StreamingHost host,
            PeerProcess sender,
            String source,
            List<TokenRange> ranges,
            List<Path> files,
            ExecutorService helpers) {
        this.host = host;
        this.sender = sender;
        this.source = source;
        this.ranges = List.copyOf(ranges);
        this.files = List.copyOf(files);
        this.helpers = helpers;
    }

    Alternation.Load ours() {
        return () -> {
            var folder = BenchFolder.fresh("target");
            var target = host.node("target" + TARGETS.incrementAndGet(), folder.path(), Throughput.UNLIMITED);
            long cpu = cpuNanos();
            return new Alternation.Work() {
                @Override
                public long run() {
                    return stream(host, target, source, ranges);
                }

                @Override
                public void finish() {
                    long bytes = target.engine().bytes();
                    ourCpu.add(perGib(cpuNanos() - cpu, bytes));
                    host.stop(target);
                    folder.close();
                }
            };
        };
    }

    /** Streams to a new node; the bytes that arrived. */
    private static long stream(StreamingHost host, StreamingHost.Node target, String source, List<TokenRange> ranges) {
        var transfers = StreamedData.transfers(source, target.id().toString(), ranges);
        var finished = host.stream(target, "plan-" + target.id(), transfers, event -> {})
                .join();
        if (!finished.succeeded()) {
            throw new IllegalStateException("streaming failed: " + finished.sessions());
        }
        return finished.sessions().stream()
                .mapToLong(RangeStreamer.SessionResult::bytesReceived)
                .sum();
    }

    Alternation.Load bare() {
        return () -> {
            var folder = BenchFolder.fresh("bare");
            var server = listen();
            long cpu = cpuNanos();
            return new Alternation.Work() {
                private long bytes;

                @Override
                public long run() {
                    try {
                        sender.sendBare(port(server), files);
                        try (var socket = server.accept()) {
                            bytes = BareStream.receive(socket, folder.path(), files.size(), helpers);
                            return bytes;
                        }
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }

                @Override
                public void finish() {
                    bareCpu.add(perGib(cpuNanos() - cpu, bytes));
                    close(server);
                    folder.close();
                }
            };
        };
    }

    private static ServerSocketChannel listen() {
        try {
            return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int port(ServerSocketChannel server) throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private long cpuNanos() {
        return PeerProcess.ownCpuNanos() + sender.cpuNanos();
    }

    private static double perGib(long nanos, long bytes) {
        return nanos / 1e9 / ((double) bytes / (1 << 30));
    }

    /** What was measured: speed and processor time. */
    List<BenchResult> measure(String name, int warming, int rounds) {
        var measured = Alternation.of(warming, rounds, Alternation.Timer.WALL, ours(), bare());
        var bareProgram = "a bare program: transferTo, CRC32C, write, fsync";
        return List.of(
                new BenchResult(
                        name,
                        "MiB/s",
                        measured.ours().times(1.0 / (1 << 20)),
                        measured.reference().times(1.0 / (1 << 20)),
                        bareProgram,
                        true),
                new BenchResult(
                        name + "-cpu",
                        "s/GiB",
                        Figures.of(ourCpu.subList(warming, ourCpu.size())),
                        Figures.of(bareCpu.subList(warming, bareCpu.size())),
                        bareProgram + "; of both processes",
                        false));
    }
}
