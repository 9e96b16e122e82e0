package io.ringsim.bench;

import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.RealWorld;
import io.ringsim.streaming.Throughput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Moving SSTables from one process to another, and within one, beside a bare program that moves the same bytes. */
@RealWorld("measures what real processes do")
public final class StreamingBench implements Bench {
    private static final int ROUNDS = 9;
    private static final int WARMING = 4;

    /** Bytes that are streamed in each case. */
    static final long LARGE = Long.getLong("ringsim.bench.streamed", 1L << 30);

    private static final long MIB = 1 << 20;
    private static final int SMALL_FILES = 64;

    /** Rounds of little data before anything is measured: a host has long compiled what it does for each file. */
    private static final int SMALL_ROUNDS = 100;

    private static final int FEW_FILES = 16;
    private static final long LITTLE = 16 << 20;
    private static final int VNODES = 16;
    /** The share of a vnode that is not asked for, so that no two slices are one. */
    private static final long GAP = 1_000;

    @Override
    public String name() {
        return "streaming";
    }

    @Override
    public String description() {
        return "moving SSTables between two processes and within one, against a bare program";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var sender = new AtomicReference<PeerProcess>();
        try (var folder = BenchFolder.fresh("streaming");
                var host = StreamingHost.start(
                        node -> Optional.ofNullable(sender.get()).map(PeerProcess::address), StreamedData.settings())) {
            progress.accept("writing SSTables to send");
            var large = prepare(host, folder, "large", 1, LARGE);
            var small = prepare(host, folder, "small", SMALL_FILES, LARGE / SMALL_FILES);
            var little = prepare(host, folder, "little", FEW_FILES, LITTLE / FEW_FILES);
            var helpers = Executors.newCachedThreadPool();
            try (var started = PeerProcess.start(host.address(), PeerProcess.Settings.MEASURED)) {
                sender.set(started);
                warm(progress, host, started, little, helpers);
                var results = new ArrayList<>(betweenTwo(progress, host, started, large, small, helpers));
                progress.accept("the SSTable of " + LARGE / MIB + " MiB within one process");
                started.stop("large");
                results.addAll(withinOne(host, large, helpers));
                return results;
            } finally {
                helpers.shutdown();
            }
        }
    }

    private static Path prepare(StreamingHost host, BenchFolder folder, String name, int sstables, long bytes) {
        var directory = folder.directory(name);
        var node = host.node(name, directory, Throughput.UNLIMITED);
        StreamedData.write(node.engine(), sstables, bytes);
        host.stop(node);
        return directory;
    }

    private static void warm(
            Consumer<String> progress, StreamingHost host, PeerProcess sender, Path little, ExecutorService helpers) {
        progress.accept("warming up");
        sender.open(little);
        Alternation.warm(
                SMALL_ROUNDS,
                new StreamCase(host, "little", all(), () -> 0),
                new StreamCase(host, "little", slices(), () -> 0),
                new BareTransfer(sender, StreamedData.files(little), helpers));
        sender.stop("little");
    }

    private static List<BenchResult> betweenTwo(
            Consumer<String> progress,
            StreamingHost host,
            PeerProcess sender,
            Path large,
            Path small,
            ExecutorService helpers) {
        sender.open(large);
        sender.open(small);
        LongSupplier cpu = () -> PeerProcess.ownCpuNanos() + sender.cpuNanos();
        var bareLarge = bare(new BareTransfer(sender, StreamedData.files(large), helpers));
        var bareSmall = bare(new BareTransfer(sender, StreamedData.files(small), helpers));
        var results = new ArrayList<BenchResult>();
        progress.accept("one SSTable of " + LARGE / MIB + " MiB");
        results.addAll(new StreamCase(host, "large", all(), cpu).measure("large", bareLarge, WARMING, ROUNDS));
        progress.accept("the same in slices of " + VNODES + " vnodes");
        results.addAll(new StreamCase(host, "large", slices(), cpu).measure("sections", bareLarge, WARMING, ROUNDS));
        QuickFiles.await(progress);
        progress.accept(SMALL_FILES + " SSTables of " + (LARGE / SMALL_FILES / MIB) + " MiB");
        results.addAll(new StreamCase(host, "small", all(), cpu).measure("small", bareSmall, WARMING, ROUNDS));
        progress.accept("the same in slices");
        results.addAll(
                new StreamCase(host, "small", slices(), cpu).measure("sections-small", bareSmall, WARMING, ROUNDS));
        return results;
    }

    private static StreamCase.Reference bare(BareTransfer transfer) {
        return new StreamCase.Reference("bare", "a bare program: transferTo, CRC32C, write, fsync", transfer);
    }

    private static List<BenchResult> withinOne(StreamingHost host, Path large, ExecutorService helpers) {
        var source = host.node("large", large, Throughput.UNLIMITED);
        var copy = new StreamCase.Reference(
                "copy",
                "a plain copy of the file: read, CRC32C, write, fsync",
                new PlainCopy(StreamedData.files(large), helpers));
        var results =
                new StreamCase(host, "large", all(), PeerProcess::ownCpuNanos).measure("in-jvm", copy, WARMING, ROUNDS);
        host.stop(source);
        return results;
    }

    static List<TokenRange> all() {
        var minimum = Partitioner.MURMUR3.minimum();
        return List.of(new TokenRange(minimum, minimum));
    }

    /** Of each of 16 vnodes nearly all. */
    private static List<TokenRange> slices() {
        long width = Long.MAX_VALUE / VNODES * 2;
        var slices = new ArrayList<TokenRange>();
        for (int i = 0; i < VNODES; i++) {
            long left = Long.MIN_VALUE + 1 + i * width;
            slices.add(new TokenRange(new LongToken(left), new LongToken(left + width - width / GAP)));
        }
        return slices;
    }
}
