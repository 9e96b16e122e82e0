package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.gossip.ClusterSettings.FailureDetection;
import io.ringsim.runtime.Randomness;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhiAccrualTest {
    private static final long SECOND = 1_000_000_000L;

    private final PhiAccrual detector = new PhiAccrual(FailureDetection.defaults());

    @Test
    void aPeerThatNeverSpokeIsNotMissed() {
        assertThat(detector.isAvailable(1_000 * SECOND)).isTrue();
        assertThat(detector.phi(1_000 * SECOND)).isZero();
    }

    @Test
    void regularHeartbeatsAreMissedFourAndAHalfSecondsAfterTheLast() {
        for (int i = 0; i <= 2_000; i++) {
            detector.heartbeat(i * SECOND);
        }

        assertThat(detector.isAvailable(2_000 * SECOND + 4_500_000_000L)).isTrue();
        assertThat(detector.isAvailable(2_000 * SECOND + 4_540_000_000L)).isFalse();
    }

    @Test
    void theFirstGuessIsMorePatient() {
        detector.heartbeat(0);

        assertThat(detector.isAvailable(5 * SECOND)).isTrue();
        assertThat(detector.isAvailable(6 * SECOND)).isFalse();
    }

    @Test
    void whatWasMissedIsAvailableAfterOneHeartbeatAndTheGapIsNoSample() {
        for (int i = 0; i < 100; i++) {
            detector.heartbeat(i * SECOND);
        }
        double before = detector.phi(99 * SECOND + 4_400_000_000L);

        detector.heartbeat(500 * SECOND);

        assertThat(detector.isAvailable(504 * SECOND)).isTrue();
        assertThat(detector.phi(500 * SECOND + 4_400_000_000L)).isCloseTo(before, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void phiIsThatOfTheLastThousandIntervals(long seed) {
        var random = Randomness.of(seed);
        var window = new ArrayDeque<Long>();
        window.add(750_000L);
        window.add(1_250_000L);
        long now = SECOND;
        detector.heartbeat(now);
        for (int i = 0; i < 3_000; i++) {
            long micros = random.chance(0.5) ? 1_000_000 : 200_000 + random.nextInt(2_000_000);
            now += micros * 1_000;
            detector.heartbeat(now);
            window.add(micros);
            if (window.size() > 1_000) {
                window.remove();
            }
            if (i % 97 == 0) {
                assertThat(detector.phi(now + 6 * SECOND)).isCloseTo(modelPhi(window, 6_000_000), within(1e-6));
            }
        }
    }

    private static double modelPhi(ArrayDeque<Long> window, double silence) {
        double mean = window.stream().mapToLong(Long::longValue).average().orElseThrow();
        double variance = window.stream()
                .mapToDouble(interval -> (interval - mean) * (interval - mean))
                .average()
                .orElseThrow();
        double y = (silence - mean - 3_000_000) / Math.max(Math.sqrt(variance), 100_000);
        double e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
        return silence > mean + 3_000_000 ? -Math.log10(e / (1 + e)) : -Math.log10(1 - 1 / (1 + e));
    }
}
