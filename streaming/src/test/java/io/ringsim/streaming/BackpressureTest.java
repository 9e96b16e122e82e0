package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.AN_HOUR;
import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.finished;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.SizedStorage;
import io.ringsim.storage.StorageSettings;
import io.ringsim.storage.engine.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receiver whose disk is slow holds the sender back, whatever there is to send, and nobody else. */
class BackpressureTest {
    private static final TokenRange ALL = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());
    private static final Duration WATCHED = Duration.ofMinutes(1);
    /** Of content; another session moves a tenth of it. */
    private static final long WINDOWS = 2_000;

    /** What a slow session may take of the time of another: its first window. */
    private static final double LITTLE = 1.05;

    static LongStream seeds() {
        return Seeds.of(25);
    }

    /** What was granted, a chunk that is read beyond it, and one that was counted as taken and is being written. */
    private static long bound(StreamingSettings settings) {
        return settings.chunks().windowBytes() + 2L * settings.chunks().bytesMax();
    }

    private static StreamingSettings settings(Randomness random) {
        int most = 1 << random.nextInt(14, 21);
        var chunks = new StreamingSettings.Chunks(most >> random.nextInt(5), most, random.nextLong(4L, 33L) * most);
        return (random.chance(0.5) ? StreamingSettings.profile21() : StreamingSettings.profile41()).with(chunks);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsReadAndNotYetWrittenIsBoundedWhateverTheSizeOfTheFiles(long seed) {
        var random = Randomness.of(seed).fork("sizes");
        var settings = settings(random);
        long window = settings.chunks().windowBytes();
        long bytes = random.nextLong(2L, 1L << 20) * window;
        var inFlight = new InFlight();
        try (var ring = sized(seed, settings, inFlight)) {
            var source = ring.start(1, table(ORDERS, bytes, 1 + random.nextInt(8)));
            var slow = ring.start(2);
            ring.disk(slow).faults().slowDown(random.nextInt(500, 50_000));

            ring.stream(slow, "p", move(source, slow, 0, 1000));
            ring.simulation.runFor(WATCHED);

            assertThat(inFlight.most()).as("of %d", bytes).isBetween(window / 2, bound(settings));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsAreReadNoFasterThanASlowDiskWritesThemAndAllArrive(long seed) {
        var random = Randomness.of(seed).fork("rows");
        var settings = settings(random)
                .with(new StreamingSettings.Chunks(1 << 10, 4 << 10, random.nextLong(16L << 10, 64L << 10)));
        var engine = EngineSettings.simulated().withEntireSSTables(random.chance(0.5));
        var disks = new RowDisks(List.of(ORDERS, ITEMS), engine, 300, 700);
        var inFlight = new InFlight();
        try (var ring = new StreamRing(
                seed, settings, NetworkSettings.defaults(), (any, node) -> inFlight.counting(disks.store(node)))) {
            ring.restart(node(1));
            ring.restart(node(2));
            ring.settle();
            disks.disk(node(2)).faults().slowDown(random.nextInt(500, 5_000));

            var events = ring.stream(node(2), "p", new Transfer("shop", ALL, node(1), node(2)));
            ring.simulation.runUntil(() -> inFlight.written() > 100_000, AN_HOUR);
            disks.repair(node(2));
            assertThat(ring.runUntilFinished(events, AN_HOUR)).isTrue();

            assertThat(inFlight.most()).isBetween(settings.chunks().windowBytes() / 2, bound(settings));
            assertThat(finished(events).succeeded()).as("%s", events).isTrue();
            for (var table : List.of(ORDERS, ITEMS)) {
                var rows = disks.rows(node(1), node(2), table, Coverage.of(List.of(ALL)));
                assertThat(rows.found()).isEqualTo(rows.expected());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anotherSessionOfTheSenderKeepsItsSpeed(long seed) {
        var random = Randomness.of(seed).fork("others");
        var settings = settings(random);
        double slowdown = random.nextInt(500, 50_000);

        var alone = another(seed, settings, slowdown, false);
        var beside = another(seed, settings, slowdown, true);

        assertThat(beside.toNanos()).isLessThan((long) (alone.toNanos() * LITTLE));
    }

    /** How long another session takes, alone or beside one whose receiver is slow. */
    private static Duration another(long seed, StreamingSettings settings, double slowdown, boolean isBeside) {
        try (var ring = sized(seed, settings, new InFlight())) {
            var source = ring.start(1, table(ORDERS, settings.chunks().windowBytes() * WINDOWS, 2));
            var slow = ring.start(2);
            var fast = ring.start(3);
            ring.disk(slow).faults().slowDown(slowdown);
            var late =
                    isBeside ? ring.stream(slow, "slow", move(source, slow, 0, 900)) : List.<RangeStreamer.Event>of();
            var begin = ring.simulation.now();

            var early = ring.stream(fast, "fast", move(source, fast, 900, 1000));

            assertThat(ring.runUntilFinished(early, AN_HOUR)).isTrue();
            assertThat(finished(early).succeeded()).isTrue();
            assertThat(StreamRing.isFinished(late)).isFalse();
            return ring.simulation.now().minus(begin);
        }
    }

    private static StreamRing sized(long seed, StreamingSettings settings, InFlight inFlight) {
        var ring = new StreamRing(
                seed,
                settings,
                NetworkSettings.defaults(),
                (any, node) -> inFlight.counting(SizedStorage.create(any.disk(node), StorageSettings.defaults())));
        ring.recording = false;
        return ring;
    }
}
