package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.streaming.StreamMessage.Chunk;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three nodes stream rows to each other while things break: links, processes, disks, bits. Whatever breaks, each session ends
 * in one outcome at both ends within bounded time; of what completed every row can be read as it was; of what failed no table
 * is half there; and no file, reference, session or actor is left.
 *
 * <p>{@code -Dringsim.seeds=10000} runs more, {@code -Dringsim.seed=N} one. Each failure names its seed.
 */
class RandomRowFaultsTest {
    private static final int KEYS = 200;
    private static final int VALUE_BYTES = 700;

    static LongStream seeds() {
        return Seeds.of(80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySessionEndsInOneOutcomeAndNoRowIsLostOrLeft(long seed) {
        var random = Randomness.of(seed).fork("faults of rows");
        var settings = RandomStreams.settings(seed, random)
                .withThroughput(random.pick(List.of(0L, 1_500L, 6_000L)), 0)
                .with(new StreamingSettings.Chunks(1 << 10, 4 << 10, 16 << 10));
        var engine = EngineSettings.simulated().withEntireSSTables(random.chance(0.5));
        var disks = new RowDisks(List.of(ORDERS, ITEMS), engine, KEYS, VALUE_BYTES);
        try (var ring = new StreamRing(seed, settings, NetworkSettings.defaults(), (any, node) -> disks.store(node))) {
            for (int i = 1; i <= 3; i++) {
                ring.restart(StreamRing.node(i));
            }
            var run = new RandomStreams(ring, random, settings, disks, RandomRowFaultsTest::move);

            run.streamAndBreak(noise(random.fork("noise")));

            run.checkOutcomes();
            run.checkNothingIsOpen();
            ring.up.keySet().stream().filter(disks::isWell).forEach(node -> checkNothingIsLeft(disks, node, run));
            for (int i = 1; i <= 3; i++) {
                startAnew(ring, disks, StreamRing.node(i), random);
                checkNothingIsLeft(disks, StreamRing.node(i), run);
            }
            run.moved().forEach(moved -> check(disks, moved, run.story()));
        }
    }

    /** Once a start left what a full disk had left of a manifest. */
    @ParameterizedTest
    @ValueSource(longs = {865, 1078, 1338})
    void aStartDeletesTheRestOfAManifestThatAFullDiskRefused(long seed) {
        everySessionEndsInOneOutcomeAndNoRowIsLostOrLeft(seed);
    }

    /** Once a selection of files that was queued when the node went down span for ever. */
    @ParameterizedTest
    @ValueSource(longs = 26)
    void aTableThatWasClosedRefusesReaders(long seed) {
        everySessionEndsInOneOutcomeAndNoRowIsLostOrLeft(seed);
    }

    /** A range of thousandths of the ring. */
    private static Transfer move(NodeId from, NodeId to, long left, long right) {
        long thousandth = Long.MAX_VALUE / 500;
        var range = new TokenRange(
                new LongToken(Long.MIN_VALUE + left * thousandth), new LongToken(Long.MIN_VALUE + right * thousandth));
        return new Transfer("shop", range, from, to);
    }

    /** Turns bits over on the wire; some before the chunk's checksum was taken, so that only the content's tells. */
    private static UnaryOperator<Chunk> noise(Randomness chance) {
        return chunk -> {
            if (chunk.content().isEmpty() || !chance.chance(0.03)) {
                return chunk;
            }
            var bytes = chunk.content().toArray();
            bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
            var content = Bytes.wrap(bytes);
            int file = Checksum.ofFile(chunk.table(), chunk.sequence());
            int checksum = chance.chance(0.5)
                    ? chunk.checksum()
                    : Checksum.ofChunk(file, chunk.offset(), chunk.length(), content);
            return new Chunk(
                    chunk.session(),
                    chunk.table(),
                    chunk.sequence(),
                    chunk.offset(),
                    chunk.length(),
                    checksum,
                    content);
        };
    }

    private static void startAnew(StreamRing ring, RowDisks disks, NodeId node, Randomness random) {
        if (ring.up.containsKey(node)) {
            ring.crash(node);
            disks.crashed(node, random);
        }
        disks.repair(node);
        ring.restart(node);
        ring.open(node);
        ring.settle();
    }

    private static void checkNothingIsLeft(RowDisks disks, NodeId node, RandomStreams run) {
        for (var table : List.of(ORDERS, ITEMS)) {
            if (disks.engine(node).table(table).quarantined().isEmpty()) {
                assertThat(disks.leftovers(node, table))
                        .as("files of %s at %s: %s", table, node, run.story())
                        .isEmpty();
            }
        }
    }

    /** All rows of a table that a session moves can be read, or none; all when it is done. */
    private static void check(RowDisks disks, RandomStreams.Moved moved, List<String> story) {
        for (var ranges : moved.ranges()) {
            for (var table : List.of(ORDERS, ITEMS)) {
                var rows = disks.rows(moved.from(), moved.to(), table, Coverage.of(ranges.ranges()));
                var what = String.format("%s %s: %s", table, moved, story);
                if (rows.known() && moved.done()) {
                    assertThat(rows.found()).as(what).isEqualTo(rows.expected());
                } else if (rows.known()) {
                    assertThat(rows.found()).as(what).isIn(0L, rows.expected());
                }
            }
        }
    }
}
