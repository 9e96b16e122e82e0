package io.ringsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import io.ringsim.data.MerkleTree;
import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.streaming.Throughput;
import io.ringsim.streaming.lane.DataChannelSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes stream, and at any moment one is killed, or the link breaks. Nothing partial is seen then and nothing is left,
 * and when the same is done again all is there.
 *
 * <p>{@code -Dringsim.kills=N} kills each so often.
 */
class KilledStreamTest {
    private static final int KILLS = Integer.getInteger("ringsim.kills", 2);
    private static final long SSTABLES = 4;
    private static final long BYTES = 8L << 20;

    /** Slow enough for a kill to come in the middle: a transfer takes half a second. */
    private static final Throughput THROUGHPUT = Throughput.of(64 << 20, 0);

    private static final int LATEST_KILL_MILLIS = 650;
    /** One in so many kills comes before it is known what will move. */
    private static final int EARLY = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final StreamingHost.Settings SETTINGS =
            StreamedData.settings().withHostPatience(PATIENCE);

    private static final List<TokenRange> ALL =
            List.of(new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum()));
    /** So that sections go, not entire SSTables. */
    private static final List<TokenRange> SLICES = List.of(
            new TokenRange(new LongToken(Long.MIN_VALUE + 1), new LongToken(-1_000)),
            new TokenRange(new LongToken(1_000), new LongToken(Long.MAX_VALUE - 1_000)));

    @TempDir
    private Path directory;

    private final PeerProcesses processes = new PeerProcesses(KILLS + 1, THROUGHPUT.outbound(), PATIENCE);
    private Path source = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        try (var host = host(SETTINGS)) {
            var node = host.node("source", source, Throughput.UNLIMITED);
            StreamedData.write(node.engine(), (int) SSTABLES, BYTES);
            host.stop(node);
        }
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private StreamingHost host(StreamingHost.Settings settings) {
        return StreamingHost.start(processes::hostOf, settings);
    }

    /** One transfer that is disturbed. */
    private record Kill(int number, Randomness chance) {
        static Kill of(int number, String what) {
            return new Kill(number, Randomness.of(number).fork(what));
        }

        String target() {
            return "target" + number;
        }

        List<TokenRange> ranges() {
            return number % 2 == 0 ? ALL : SLICES;
        }
    }

    @Test
    void afterASenderWasKilledNothingPartialIsSeenAndTheNextTimeAllArrives() throws Exception {
        try (var host = host(SETTINGS)) {
            processes.at(host.address());
            var data = trees(host, source);
            var sender = processes.next(source);
            int failed = 0;
            for (int i = 0; i < KILLS; i++) {
                var kill = Kill.of(i, "kill a sender");
                var target = host.node(kill.target(), directory.resolve(kill.target()), Throughput.UNLIMITED);

                var first = stream(host, target, kill, sender::kill);

                sender = processes.next(source);
                failed += first.succeeded() ? 0 : 1;
                againUnless(first, host, target, target, kill);
                hasAll(target, kill, data);
                host.stop(target);
            }
            assertThat(failed).as("kills that came in the middle").isPositive();
        }
    }

    @Test
    void afterAReceiverWasKilledItsStartLeavesNothingPartialAndTheNextTimeAllArrives() throws Exception {
        try (var host = host(SETTINGS)) {
            processes.at(host.address());
            var data = trees(host, source);
            var sending = host.node("source", source, THROUGHPUT);
            var receiver = processes.next();
            int failed = 0;
            for (int i = 0; i < KILLS; i++) {
                var kill = Kill.of(i, "kill a receiver");
                var target = directory.resolve(kill.target());
                receiver.open(target);

                var first = stream(host, sending, kill, receiver::kill);

                receiver = processes.next();
                long visible = receiver.open(target);
                assertThat(visible).as("%s: %s", kill, first).isIn(first.succeeded() ? SSTABLES : 0L, SSTABLES);
                hasNothingLeft(target, visible, kill);
                if (!first.succeeded()) {
                    failed++;
                    whyItFailed(first, kill);
                    await(() -> assertThat(host.open(sending)).as("%s", kill).isZero(), host);
                    allOf(again(host, sending, kill), kill);
                }
                receiver.stop(kill.target());
                var node = host.node(kill.target(), target, Throughput.UNLIMITED);
                hasAll(node, kill, data);
                host.stop(node);
            }
            assertThat(failed).as("kills that came in the middle").isPositive();
        }
    }

    @Test
    void afterALinkBrokeNothingPartialIsSeenAndTheNextTimeAllArrives() throws Exception {
        var port = new AtomicInteger();
        try (var link = BreakingLink.open(port::get);
                var host = host(SETTINGS.withSessionPatience(PATIENCE)
                        .with(DataChannelSettings.at("127.0.0.1").advertising("127.0.0.1", link.port())))) {
            port.set(host.contentPort());
            processes.at(host.address());
            var data = trees(host, source);
            var sender = processes.next(source);
            int failed = 0;
            long ourFiles = Long.MAX_VALUE;
            long theirFiles = Long.MAX_VALUE;
            for (int i = -1; i < KILLS; i++) { // the first time nothing breaks
                var kill = Kill.of(i, "break a link");
                var target = host.node(kill.target(), directory.resolve(kill.target()), Throughput.UNLIMITED);
                if (i >= 0) {
                    link.breakNext(breakingPoint(kill), kill.chance().pick(List.of(BreakingLink.Break.values())));
                }

                var first = stream(host, target, kill, () -> {});

                failed += first.succeeded() ? 0 : 1;
                againUnless(first, host, target, target, kill);
                hasAll(target, kill, data);
                var peer = sender;
                await(() -> assertThat(peer.openAt("source")).as("%s", kill).isZero(), host);
                host.stop(target);
                theirFiles = neverMore(theirFiles, sender::openFiles, kill, host);
                link.clear();
                ourFiles = neverMore(ourFiles, PeerProcess::ownOpenFiles, kill, host);
            }
            assertThat(failed).as("links that broke in the middle").isPositive();
        }
    }

    /** Bytes: one in so many breaks about when the connection says what it is. */
    private static long breakingPoint(Kill kill) {
        return kill.chance().nextInt(EARLY) == 0
                ? kill.chance().nextInt(64)
                : kill.chance().nextLong(SSTABLES * BYTES);
    }

    /** What is counted is at some time no more than it was after the first transfer. */
    private static long neverMore(long once, LongSupplier count, Kill kill, StreamingHost host) {
        if (once == Long.MAX_VALUE) {
            return count.getAsLong();
        }
        await(
                () -> assertThat(count.getAsLong())
                        .as("open files after %s", kill)
                        .isLessThanOrEqualTo(once),
                host);
        return once;
    }

    /** Streams as the plan of a node, with a kill at some time after it is known what will move, or right at the begin. */
    private static Finished stream(StreamingHost host, StreamingHost.Node planning, Kill kill, Runnable killing)
            throws Exception {
        var prepared = new CompletableFuture<Boolean>();
        int millis = kill.chance().nextInt(LATEST_KILL_MILLIS);
        if (kill.chance().nextInt(EARLY) == 0) {
            prepared.complete(false);
        }
        var killed = prepared.thenRunAsync(killing, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        var transfers = StreamedData.transfers("source", kill.target(), kill.ranges());
        var finished = host.stream(planning, kill.target() + "-first", transfers, event -> {
                    if (event instanceof Prepared) {
                        prepared.complete(true);
                    }
                })
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
        prepared.complete(false);
        killed.join();
        return finished;
    }

    /** Does the same again; once more if the network notices only thereby that the peer's process is another. */
    private static Finished again(StreamingHost host, StreamingHost.Node planning, Kill kill) throws Exception {
        var transfers = StreamedData.transfers("source", kill.target(), kill.ranges());
        var again = host.stream(planning, kill.target() + "-again", transfers, event -> {})
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
        boolean unnoticed =
                again.sessions().stream().anyMatch(session -> session.failure().endsWith(" is on another host now"));
        return unnoticed
                ? host.stream(planning, kill.target() + "-third", transfers, event -> {})
                        .get(LONG.toSeconds(), TimeUnit.SECONDS)
                : again;
    }

    /** Checks that nothing is there, and does it again, unless it succeeded the first time. */
    private static void againUnless(
            Finished first, StreamingHost host, StreamingHost.Node planning, StreamingHost.Node target, Kill kill)
            throws Exception {
        if (first.succeeded()) {
            return;
        }
        whyItFailed(first, kill);
        var table = target.engine().table(SampleRows.TABLE.id());
        assertThat((long) table.sstableCount())
                .as("%s", kill)
                .isIn(0L, SSTABLES); // all if only the last word was missing
        await(() -> assertThat(host.open(target)).as("%s", kill).isZero(), host);
        allOf(again(host, planning, kill), kill);
    }

    private static void whyItFailed(Finished first, Kill kill) {
        assertThat(first.sessions())
                .as("%s", kill)
                .isNotEmpty()
                .allMatch(session -> !session.failure().isEmpty());
    }

    private static void allOf(Finished again, Kill kill) {
        assertThat(again.sessions())
                .as("%s", kill)
                .isNotEmpty()
                .allSatisfy(session -> assertThat(session.failure()).isEmpty());
    }

    private static void hasNothingLeft(Path target, long sstables, Kill kill) {
        try (var all = Files.walk(target)) {
            var names = all.map(path -> String.valueOf(path.getFileName())).toList();
            assertThat(names).as("%s", kill).noneMatch(name -> name.endsWith(".tmp"));
            assertThat(names.stream().filter(name -> name.endsWith("-Data.db")))
                    .as("%s", kill)
                    .hasSize((int) sstables);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<MerkleTree> trees(StreamingHost host, Path directory) {
        var node = host.node("source", directory, Throughput.UNLIMITED);
        var ranges = new ArrayList<>(ALL);
        ranges.addAll(SLICES);
        var trees = ranges.stream().map(range -> tree(node, range)).toList();
        host.stop(node);
        return trees;
    }

    private static MerkleTree tree(StreamingHost.Node node, TokenRange range) {
        try {
            return node.engine().table(SampleRows.TABLE.id()).merkleTree(range, 10);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void hasAll(StreamingHost.Node target, Kill kill, List<MerkleTree> data) {
        for (var range : kill.ranges()) {
            var expected =
                    data.stream().filter(tree -> tree.range().equals(range)).findFirst();
            assertThat(tree(target, range).difference(expected.orElseThrow()))
                    .as("%s", kill)
                    .isEmpty();
        }
    }

    private static void await(Runnable claim, StreamingHost host) {
        TestProbe.create(host.system()).awaitAssert(LONG, () -> {
            claim.run();
            return true;
        });
    }
}
