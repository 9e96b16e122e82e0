package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.runtime.Randomness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the failure detector of Cassandra's gossip convicts, and when. */
class ArrivalsTest {
    private static final int PEER = 3;

    private final Arrivals modern =
            new Arrivals(GossipSettings.profile21(List.of()).failureDetection(), View.BLOCK);
    private final Arrivals old =
            new Arrivals(GossipSettings.profile06(List.of()).failureDetection(), View.BLOCK);

    @Test
    void convictsAfterEighteenAndAHalfMeanIntervals() {
        beat(modern, 0, 2_000_000, 1_000);

        assertThat(silent(modern, 2_000_000 + 18_300)).isEmpty();
        assertThat(silent(modern, 2_000_000 + 18_500)).containsExactly(PEER);
        assertThat(modern.phi(PEER, 2_000_000 + 18_421)).isCloseTo(8, within(0.02));
    }

    @Test
    void beginsWithTwoRoundsInProfile21AndWithHalfOfOneIn06() {
        modern.report(PEER, 0);
        old.report(PEER, 0);

        assertThat(modern.phi(PEER, 2_000)).isCloseTo(1 / Math.log(10), within(1e-9));
        assertThat(old.phi(PEER, 500)).isCloseTo(1 / Math.log(10), within(1e-9));
    }

    @Test
    void doesNotCountLongIntervalsFromProfile21On() {
        beat(modern, 0, 10_000, 1_000);
        beat(old, 0, 10_000, 1_000);
        double before = modern.phi(PEER, 11_000);
        double oldBefore = old.phi(PEER, 11_000);
        modern.report(PEER, 50_000);
        old.report(PEER, 50_000);

        assertThat(modern.phi(PEER, 51_000)).isEqualTo(before);
        assertThat(old.phi(PEER, 51_000)).isLessThan(oldBefore / 2);
    }

    @Test
    void knowsNothingOfAPeerThatNeverSpoke() {
        assertThat(modern.phi(PEER, 1_000_000)).isZero();
        assertThat(silent(modern, 1_000_000)).isEmpty();
    }

    @Test
    void refusesAThresholdOutOfRange() {
        assertThatThrownBy(() -> GossipSettings.defaults(List.of()).withThreshold(4.9))
                .hasMessageContaining("from 5 to 16");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isExactForAThousandIntervalsAndCloseAfterwards(long seed) {
        var random = Randomness.of(seed);
        var window = new ArrayDeque<Integer>(List.of(2_000));
        int now = 0;
        modern.report(PEER, now);
        for (int i = 0; i < 5_000; i++) {
            int interval = 200 + random.nextInt(1_800);
            now += interval;
            modern.report(PEER, now);
            window.add(interval);
            if (window.size() > 1_000) {
                window.remove();
            }
            double mean = window.stream().mapToInt(Integer::intValue).average().orElseThrow();
            double phi = 10_000 / mean / Math.log(10);
            assertThat(modern.phi(PEER, now + 10_000)).isCloseTo(phi, within(i < 990 ? 1e-9 : 0.05 * phi));
        }
    }

    @Test
    void convictsNobodyForAWhileAfterItStoodStillItself() {
        var guard = new PauseGuard(5_000);

        assertThat(guard.mayConvict(0)).isTrue();
        assertThat(guard.mayConvict(5_000)).isTrue();
        assertThat(guard.mayConvict(10_001)).isFalse();
        assertThat(guard.mayConvict(12_000)).isFalse();
        assertThat(guard.mayConvict(15_000)).isFalse();
        assertThat(guard.mayConvict(15_001)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesABlockOfHeartbeatsAsItTakesThemOneByOne(long seed) {
        var random = Randomness.of(seed);
        var settings = GossipSettings.profile21(List.of()).failureDetection();
        var together = new Arrivals(settings, View.BLOCK);
        var single = new Arrivals(settings, View.BLOCK);
        var codes = new int[View.BLOCK];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = 10;
            together.report(i, 0);
            single.report(i, 0);
        }
        for (int now = 700; now < 60_000; now += 700) {
            var entries = new int[codes.length];
            for (int i = 0; i < codes.length; i++) {
                entries[i] = random.chance(0.3) ? ~5 : codes[i] - 1 + random.nextInt(3);
                if (entries[i] > codes[i]) {
                    single.report(i, now);
                }
            }
            together.apply(entries, codes, 0, codes.length, now);
            for (int i = 0; i < codes.length; i++) {
                assertThat(together.phi(i, now + 999)).isEqualTo(single.phi(i, now + 999));
                assertThat(codes[i]).isGreaterThanOrEqualTo(entries[i]);
            }
        }
    }

    private static void beat(Arrivals arrivals, int from, int to, int every) {
        for (int now = from; now <= to; now += every) {
            arrivals.report(PEER, now);
        }
    }

    private static List<Integer> silent(Arrivals arrivals, int now) {
        var silent = new ArrayList<Integer>();
        arrivals.scan(new long[] {1L << PEER}, now, silent::add);
        return silent;
    }
}
