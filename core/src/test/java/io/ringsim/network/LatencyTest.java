package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0ns",
                "300us",
                "1500us",
                "2s",
                "3h",
                "uniform(1ms, 2ms)",
                "uniform(0ns, 1m)",
                "lognormal(p50=300us, p99=4ms)"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(Latency.parse(text)).hasToString(text);
    }

    @Test
    void isReadInEverySpelling() {
        assertThat(Latency.parse(" constant( 0.3 ms ) ")).isEqualTo(Latency.parse("300us"));
        assertThat(Latency.parse("uniform(min=1ms,max=2ms)")).isEqualTo(Latency.parse("uniform(1ms, 2ms)"));
        assertThat(Latency.parse("lognormal(300us, 4ms)")).isEqualTo(Latency.parse("lognormal(p50=300us, p99=4ms)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5 parsecs",
                "normal(1ms, 2ms)",
                "uniform(1ms)",
                "uniform(2ms, 1ms)",
                "lognormal(p99=4ms, p50=300us)",
                "lognormal(p50=0ms, p99=4ms)",
                "-1ms",
                "constant(1ms, 2ms)",
                "99999999999999h"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Latency.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void drawsHaveTheQuantilesAskedFor() {
        var sorted = draws("lognormal(p50=300us, p99=4ms)", 200_000);

        assertThat((double) sorted[100_000]).isCloseTo(300_000, within(6_000.0));
        assertThat((double) sorted[198_000]).isCloseTo(4_000_000, within(250_000.0));
        assertThat(sorted[199_999]).isGreaterThan(10_000_000L);
        assertThat(sorted[0]).isPositive();
    }

    @Test
    void uniformDrawsFillTheirInterval() {
        var sorted = draws("uniform(1ms, 3ms)", 100_000);

        assertThat(sorted[0]).isBetween(1_000_000L, 1_001_000L);
        assertThat((double) sorted[50_000]).isCloseTo(2_000_000, within(20_000.0));
        assertThat(sorted[99_999]).isBetween(2_999_000L, 3_000_000L);
    }

    @Test
    void constantDrawsAreConstant() {
        var sorted = draws("1ms", 1_000);

        assertThat(sorted[0]).isEqualTo(1_000_000);
        assertThat(sorted[999]).isEqualTo(1_000_000);
    }

    @Test
    void theMedianIsKnownWithoutDrawing() {
        assertThat(Latency.parse("uniform(1ms, 3ms)").median()).isEqualTo(Duration.ofMillis(2));
    }

    private static long[] draws(String latency, int count) {
        var sampler = LatencySampler.of(Latency.parse(latency));
        var random = Randomness.of(11);
        var draws = new long[count];
        for (int i = 0; i < count; i++) {
            draws[i] = sampler.sample(random.nextLong());
        }
        Arrays.sort(draws);
        return draws;
    }
}
