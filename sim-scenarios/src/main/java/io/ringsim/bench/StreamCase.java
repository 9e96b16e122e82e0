package io.ringsim.bench;

import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.RealWorld;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.streaming.Throughput;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Moving the data of one node, or ranges of it, to a new one, in bytes of data files per second, beside moving as much in the
 * least work there is. Tells the processor time that either takes in all processes.
 *
 * @param source the node that has the data
 * @param cpuNanos processor time so far of all processes that take part
 */
@RealWorld("measures what real processes do")
record StreamCase(StreamingHost host, String source, List<TokenRange> ranges, LongSupplier cpuNanos)
        implements Alternation.Load {
    private static final AtomicInteger TARGETS = new AtomicInteger();
    private static final double MIB = 1 << 20;

    /** What is streamed, and a little more. */
    private static final long MEMORY = StreamingBench.LARGE / 8 * 9;

    /**
     * What moves the same data files otherwise.
     *
     * @param name what the result calls it
     */
    record Reference(String name, String inWords, Alternation.Load load) {}

    StreamCase {
        ranges = List.copyOf(ranges);
    }

    @Override
    public Alternation.Work prepare() {
        var folder = BenchFolder.fresh("target");
        var target = host.node("target" + TARGETS.incrementAndGet(), folder.path(), Throughput.UNLIMITED);
        return new Alternation.Work() {
            @Override
            public long run() {
                return stream(target);
            }

            @Override
            public void finish() {
                host.stop(target);
                folder.close();
            }
        };
    }

    /** Streams to a new node; the bytes that arrived. */
    private long stream(StreamingHost.Node target) {
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

    /** What was measured: speed and processor time. */
    List<BenchResult> measure(String what, Reference reference, int warming, int rounds) {
        var ours = new Metered(PageCache.warm(MEMORY, this), cpuNanos);
        var theirs = new Metered(PageCache.warm(MEMORY, reference.load()), cpuNanos);
        var measured = Alternation.of(warming, rounds, Alternation.Timer.WALL, ours, theirs);
        return List.of(
                new BenchResult(
                        what + "/" + reference.name(),
                        "MiB/s",
                        measured.ours().times(1 / MIB),
                        measured.reference().times(1 / MIB),
                        reference.inWords(),
                        true,
                        BenchResult.By.BEST),
                new BenchResult(
                        what + "/cpu",
                        "CPU s/GiB",
                        ours.cpu(warming),
                        theirs.cpu(warming),
                        reference.inWords() + "; both ends together",
                        false,
                        BenchResult.By.BEST));
    }
}
