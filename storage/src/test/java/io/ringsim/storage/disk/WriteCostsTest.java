package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.storage.disk.WriteCosts.Way;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteCostsTest {
    private static final long MIB = 1 << 20;
    private static final Micros SERIAL_DEVICE = new Micros(700, 120);
    private static final Micros PARALLEL_DEVICE = new Micros(70, 150);
    private static final Micros NO_MEMORY_AT_HAND = new Micros(700, 2_200);

    /** What a MiB takes. */
    private record Micros(int direct, int cached) {
        long nanos(Way way) {
            return way.stretch / MIB * (way == Way.DIRECT ? direct : cached) * 1_000L;
        }
    }

    private final WriteCosts costs = new WriteCosts();

    /** Writes so many bytes, whole stretches; how many of them went past the cache. */
    private long write(Micros micros, long bytes) {
        long direct = 0;
        for (long done = 0; done < bytes; ) {
            var way = costs.next();
            costs.took(way, micros.nanos(way), way.stretch);
            direct += way == Way.DIRECT ? way.stretch : 0;
            done += way.stretch;
        }
        return direct;
    }

    @Test
    void whatIsNotKnownIsTriedFirst() {
        assertThat(costs.next()).isEqualTo(Way.DIRECT);
        costs.took(Way.DIRECT, 1, 64 * MIB);
        assertThat(costs.next()).isEqualTo(Way.CACHED);
    }

    @Test
    void nearlyAllGoesTheCheaperWay() {
        write(SERIAL_DEVICE, 4_096 * MIB);

        assertThat(write(SERIAL_DEVICE, 16_384 * MIB)).isLessThan(16_384 * MIB / 50);

        write(PARALLEL_DEVICE, 16_384 * MIB);
        assertThat(write(PARALLEL_DEVICE, 16_384 * MIB)).isGreaterThan(16_384 * MIB / 100 * 95);
    }

    @Test
    void theCacheIsLeftWhileMemoryIsDearAndFoundAgainSoon() {
        write(SERIAL_DEVICE, 1_024 * MIB);

        assertThat(write(NO_MEMORY_AT_HAND, 1_024 * MIB)).isGreaterThan(900 * MIB);
        assertThat(write(SERIAL_DEVICE, 1_024 * MIB)).isLessThan(512 * MIB);
    }

    @Test
    void aMomentsDisturbanceDecidesNothing() {
        write(SERIAL_DEVICE, 1_024 * MIB);

        costs.took(Way.CACHED, 4 * 2_000_000, 4 * MIB);

        assertThat(costs.next()).isEqualTo(Way.CACHED);
    }

    @Test
    void whatFitsIntoBuffersTellsNothing() {
        costs.took(Way.DIRECT, 1, 8 * MIB);
        costs.took(Way.CACHED, 1_000_000_000, 8 * MIB);

        assertThat(costs.next()).isEqualTo(Way.DIRECT);
        costs.took(Way.DIRECT, 100_000_000_000L, 8 * MIB);
        assertThat(costs.next()).isEqualTo(Way.DIRECT);
        costs.took(Way.DIRECT, 100_000_000_000L, 64 * MIB);
        assertThat(costs.next()).isEqualTo(Way.CACHED);
    }

    @Test
    void aTryTooShortToTellAnythingIsNotRepeatedUntilItDoes() {
        write(SERIAL_DEVICE, 1_024 * MIB);
        long bytes = 8 * MIB;
        int direct = 0;

        for (int file = 0; file < 512; file++) {
            if (costs.next() == Way.DIRECT) {
                costs.took(Way.DIRECT, 1, bytes);
                direct++;
            } else {
                write(SERIAL_DEVICE, bytes);
            }
        }

        assertThat(direct).isBetween(1, 64);
    }

    @Test
    void whateverWasMeasuredEachWayIsTriedAgain() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var unknown = new WriteCosts();
            for (int i = 0; i < 100; i++) {
                unknown.took(
                        random.nextBoolean() ? Way.DIRECT : Way.CACHED,
                        random.nextInt(1 << 20),
                        (1 + random.nextInt(64)) * MIB);
            }
            var first = unknown.next();
            long same = 0;
            for (var way = first; way == first; way = unknown.next()) {
                unknown.took(way, way.stretch, way.stretch);
                same += way.stretch;
                assertThat(same).as("seed %d", seed).isLessThanOrEqualTo((16L << 10) * MIB + Way.DIRECT.stretch);
            }
        }
    }
}
