package io.ringsim.bench;

import static io.ringsim.bench.BenchResult.alone;

import akka.actor.Address;
import io.ringsim.deploy.StreamingHost;
import io.ringsim.report.Chart;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.RealWorld;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.streaming.Throughput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a receiver whose disk writes 1 MiB in a second costs a sender that has 4 GiB for it: the memory of both, what is on its
 * way between them, and the speed of other sessions of the sender. The slow session is cancelled after a minute.
 */
@RealWorld("measures what real processes do")
public final class SlowReceiverBench implements Bench {
    private static final String CASE = "slow-receiver/";
    private static final double MIB = 1 << 20;
    private static final double SECOND = 1e9;
    private static final long WAITING = Long.getLong("ringsim.bench.waiting", 4L << 30);
    private static final int SSTABLES = 16;
    private static final long SLOW_BYTES_PER_SECOND = 1 << 20;
    private static final int SAMPLES = 12;
    private static final int SECONDS_PER_SAMPLE = Integer.getInteger("ringsim.bench.sampling", 5);
    private static final int WARMING = 3;
    private static final int ROUNDS = 5;
    private static final long POLL_NANOS = 50_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What other sessions move: an eighth. */
    private static final List<TokenRange> SOME =
            List.of(new TokenRange(new LongToken(0), new LongToken(Long.MAX_VALUE / 4)));

    @Override
    public String name() {
        return "streaming";
    }

    @Override
    public String description() {
        return "a receiver with a slow disk: memory at both ends, bytes on their way, other sessions";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var hosts = new ConcurrentHashMap<NodeId, Address>();
        try (var folder = BenchFolder.fresh("slow-receiver");
                var host = StreamingHost.start(node -> hostOf(node, hosts), StreamedData.settings())) {
            progress.accept("writing " + WAITING / (1 << 20) + " MiB to send");
            var sender = host.node("sender", folder.directory("sender"), Throughput.UNLIMITED);
            StreamedData.write(sender.engine(), SSTABLES, WAITING / SSTABLES);
            var slow = folder.directory(Watched.SLOW);
            try (var other = PeerProcess.start(host.address(), PeerProcess.Settings.MEASURED);
                    var receiver = PeerProcess.start(host.address(), PeerProcess.Settings.MEASURED)) {
                receiver.open(slow, SLOW_BYTES_PER_SECOND);
                hosts.put(new NodeId(Watched.SLOW), receiver.address());
                hosts.put(OTHERS, other.address());
                return new Watched(host, sender, receiver, slow, other).measure(progress);
            }
        }
    }

    /** Stands for every node that is not slow. */
    private static final NodeId OTHERS = new NodeId("others");

    private static Optional<Address> hostOf(NodeId node, Map<NodeId, Address> hosts) {
        return Optional.ofNullable(hosts.getOrDefault(node, hosts.get(OTHERS)));
    }

    /** The heaps at a moment, and what was sent and is not written. */
    private record Sample(double sender, double receiver, double inFlight) {}

    /** A sender, and who receives. */
    @RealWorld("measures what real processes do")
    private static final class Watched {
        private static final String SLOW = "slow";
        private static final String PLAN = "to the slow one";

        private final StreamingHost host;
        private final StreamingHost.Node sender;
        private final PeerProcess receiver;
        private final Path directory;
        private final PeerProcess other;
        private final Map<String, Long> sent = new ConcurrentHashMap<>();
        private final List<Sample> samples = new ArrayList<>();
        private final List<Double> without = new ArrayList<>();
        private final List<Double> beside = new ArrayList<>();
        private int others;

        private Watched(
                StreamingHost host,
                StreamingHost.Node sender,
                PeerProcess receiver,
                Path directory,
                PeerProcess other) {
            this.host = host;
            this.sender = sender;
            this.receiver = receiver;
            this.directory = directory;
            this.other = other;
        }

        private List<BenchResult> measure(Consumer<String> progress) {
            progress.accept("another session alone");
            for (int round = 0; round < WARMING; round++) {
                another();
            }
            for (int round = 0; round < ROUNDS; round++) {
                without.add(another());
            }
            progress.accept("beside one whose receiver writes 1 MiB/s, for " + SAMPLES * SECONDS_PER_SAMPLE + " s");
            sample();
            long before = receiver.writtenBy(SLOW);
            long begin = System.nanoTime();
            var transfers = StreamedData.transfers("sender", SLOW, StreamingBench.all());
            var finished = host.stream(sender, PLAN, transfers, this::onEvent);
            for (int i = 1; i <= SAMPLES; i++) {
                long end = begin + TimeUnit.SECONDS.toNanos((long) i * SECONDS_PER_SAMPLE);
                while (System.nanoTime() < end) {
                    beside.add(another());
                }
                sample();
            }
            double rate = (receiver.writtenBy(SLOW) - before) / MIB / ((System.nanoTime() - begin) / SECOND);
            sender.streamer().tell(new RangeStreamer.Cancel(PLAN, "it takes too long"));
            if (finished.join().succeeded()) {
                throw new IllegalStateException("all was sent to the slow receiver: more has to wait for it");
            }
            int left = leftBehind();
            progress.accept("another session alone again");
            for (int round = 0; round < ROUNDS; round++) {
                without.add(another());
            }
            return results(rate, left);
        }

        /** Streams to a new node of the other process; MiB per second. */
        private double another() {
            try (var folder = BenchFolder.fresh("other")) {
                var node = "other" + others++;
                other.open(folder.directory(node));
                var transfers = StreamedData.transfers("sender", node, SOME);
                long begin = System.nanoTime();
                var finished = host.stream(sender, node, transfers, event -> {}).join();
                long taken = System.nanoTime() - begin;
                if (!finished.succeeded()) {
                    throw new IllegalStateException("streaming failed: " + finished.sessions());
                }
                other.stop(node);
                return finished.sessions().get(0).bytesSent() / MIB / (taken / SECOND);
            }
        }

        private void onEvent(RangeStreamer.Event event) {
            if (event instanceof RangeStreamer.Progress moved) {
                sent.put(moved.file(), moved.bytes());
            }
        }

        private void sample() {
            long all = sent.values().stream().mapToLong(Long::longValue).sum();
            long written = receiver.writtenBy(SLOW);
            samples.add(new Sample(
                    PeerProcess.ownHeapBytes() / MIB, receiver.heapBytes() / MIB, Math.max(0, all - written) / MIB));
        }

        /** Sessions, references and files, once both ends have had time to clean up. */
        private int leftBehind() {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            int left = left();
            while (left > 0 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(POLL_NANOS);
                left = left();
            }
            return left;
        }

        private int left() {
            try (var all = Files.walk(directory)) {
                int files = (int) all.map(path -> String.valueOf(path.getFileName()))
                        .filter(name -> name.endsWith(".tmp") || name.endsWith(".db"))
                        .count();
                return host.open(sender) + (int) receiver.openAt(SLOW) + files;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private List<BenchResult> results(double rate, int left) {
            var during = samples.subList(1, samples.size());
            var results = new ArrayList<BenchResult>();
            results.add(new BenchResult(
                    CASE + "others",
                    "MiB/s",
                    Figures.of(beside),
                    Figures.of(without),
                    "the same session without the slow one",
                    true));
            results.add(new BenchResult(
                    CASE + "rate",
                    "MiB/s",
                    Figures.exactly(rate),
                    Figures.exactly(1),
                    "what its disk writes at most",
                    true));
            results.add(heap(
                    "sender",
                    during.stream().map(Sample::sender),
                    samples.get(0).sender()));
            results.add(heap(
                    "receiver",
                    during.stream().map(Sample::receiver),
                    samples.get(0).receiver()));
            results.add(alone(
                    CASE + "in-flight",
                    "MiB",
                    Figures.of(during.stream().map(Sample::inFlight).toList())));
            results.add(alone(CASE + "left", "sessions, references, files", Figures.exactly(left)));
            for (int i = 0; i < samples.size(); i++) {
                var sample = samples.get(i);
                results.add(alone(at(i, "heap-sender"), "MiB", Figures.exactly(sample.sender())));
                results.add(alone(at(i, "heap-receiver"), "MiB", Figures.exactly(sample.receiver())));
                results.add(alone(at(i, "in-flight"), "MiB", Figures.exactly(sample.inFlight())));
            }
            return results;
        }

        private static BenchResult heap(String whose, Stream<Double> during, double before) {
            return new BenchResult(
                    CASE + "heap-" + whose,
                    "MiB",
                    Figures.of(during.toList()),
                    Figures.exactly(before),
                    "before the slow session",
                    false);
        }
    }

    private static String at(int sample, String what) {
        return CASE + what + "/" + sample * SECONDS_PER_SAMPLE + "s";
    }

    @Override
    public List<Chart> charts(List<BenchResult> results) {
        return List.of(
                chart("Heap in use after collecting", results, List.of("heap-sender", "heap-receiver")),
                chart("Sent and not yet written by the slow disk", results, List.of("in-flight")));
    }

    private static Chart chart(String title, List<BenchResult> results, List<String> what) {
        var seconds = IntStream.rangeClosed(0, SAMPLES)
                .mapToObj(i -> String.valueOf(i * SECONDS_PER_SAMPLE))
                .toList();
        var lines = what.stream()
                .map(each -> new Chart.Line(
                        each,
                        IntStream.rangeClosed(0, SAMPLES)
                                .mapToObj(i -> median(results, at(i, each)))
                                .toList()))
                .toList();
        return new Chart(title, "seconds since the slow session began", "MiB", seconds, lines);
    }

    private static double median(List<BenchResult> results, String name) {
        return results.stream()
                .filter(result -> result.name().equals(name))
                .mapToDouble(result -> result.ours().median())
                .findFirst()
                .orElse(Double.NaN);
    }
}
