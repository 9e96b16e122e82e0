package io.ringsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.javadsl.AskPattern;
import io.ringsim.data.MerkleTree;
import io.ringsim.deploy.StreamingHost;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.streaming.Streamer;
import io.ringsim.streaming.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that streams is killed at any moment; another on the same directory carries on. */
class KilledStreamTest {
    private static final int KILLS = Integer.getInteger("ringsim.kills", 2);
    private static final int SSTABLES = 4;
    private static final long BYTES = 8L << 20;

    /** Slow enough for a kill to come in the middle. */
    private static final Throughput THROUGHPUT = Throughput.of(64 << 20, 0);

    private static final TokenRange ALL = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());

    @TempDir
    private Path directory;

    @Test
    void afterASenderWasKilledNothingPartialIsSeenAndTheNextTimeAllArrives() throws Exception {
        var sender = new AtomicReference<SendingProcess>();
        try (var host =
                StreamedData.host(node -> Optional.ofNullable(sender.get()).map(SendingProcess::address))) {
            var source = Files.createDirectories(directory.resolve("source"));
            var data = prepare(host, source);
            int failed = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                var chance = Randomness.of(kill).fork("kill");
                var target = host.node("target" + kill, directory.resolve("target" + kill), Throughput.UNLIMITED);
                var first = killed(host, target, source, sender, chance.nextInt(900), kill);
                failed += first.succeeded() ? 0 : 1;
                if (!first.succeeded()) {
                    assertThat(first.sessions())
                            .allMatch(session -> !session.failure().isEmpty());
                    assertThat(target.engine().table(SampleRows.TABLE.id()).sstableCount())
                            .as("kill %d", kill)
                            .isZero();
                    assertThat(sessions(host, target)).isZero();

                    try (var restarted = SendingProcess.start(host.address(), List.of(source), THROUGHPUT)) {
                        sender.set(restarted);
                        var again = StreamCase.plan(host, target, "source", List.of(ALL), "again" + kill)
                                .get(2, TimeUnit.MINUTES);
                        assertThat(again.sessions())
                                .allMatch(session -> session.failure().isEmpty());
                    }
                }
                assertThat(tree(target).difference(data)).as("kill %d", kill).isEmpty();
                host.stop(target);
            }
            assertThat(failed).as("kills that came in the middle").isPositive();
        }
    }

    private static MerkleTree prepare(StreamingHost host, Path source) throws IOException {
        var node = host.node("source", source, Throughput.UNLIMITED);
        StreamedData.write(node.engine(), SSTABLES, BYTES);
        var data = tree(node);
        host.stop(node);
        return data;
    }

    private static MerkleTree tree(StreamingHost.Node node) throws IOException {
        return node.engine().table(SampleRows.TABLE.id()).merkleTree(ALL, 10);
    }

    private static Finished killed(
            StreamingHost host,
            StreamingHost.Node target,
            Path source,
            AtomicReference<SendingProcess> sender,
            int afterMillis,
            int number)
            throws Exception {
        var started = SendingProcess.start(host.address(), List.of(source), THROUGHPUT);
        sender.set(started);
        var done = StreamCase.plan(host, target, "source", List.of(ALL), "killed" + number);
        var deadline = CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS);
        deadline.execute(started::kill);
        var finished = done.get(2, TimeUnit.MINUTES);
        started.kill();
        return finished;
    }

    private static int sessions(StreamingHost host, StreamingHost.Node target) {
        return AskPattern.<RangeStreamer.Command, Streamer.Sessions>ask(
                        target.streamer(),
                        Streamer.GetSessions::new,
                        Duration.ofMinutes(1),
                        host.system().scheduler())
                .toCompletableFuture()
                .join()
                .open();
    }
}
