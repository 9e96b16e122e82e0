package io.ringsim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.ringsim.report.Chart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Test;

class GossipBenchTest {
    private static final Duration MINUTES = Duration.ofMinutes(5);

    @Test
    void everyOtherNodeHearsOfAChangeAndConvictsACrashedOne() {
        try (var ring = new GossipRing(20, 42)) {
            ring.run(Duration.ofSeconds(30));

            assertThat(ring.change(0, MINUTES)).hasSize(19).allMatch(seconds -> seconds > 0);
            assertThat(ring.change(0, MINUTES)).hasSize(19).allMatch(seconds -> seconds < 10);
            assertThat(ring.crash(MINUTES)).hasSize(19).allMatch(seconds -> seconds > 10 && seconds < 60);
            assertThat(ring.falsePositives()).isZero();
        }
    }

    @Test
    void theLivingAreTakenForDeadOnlyWhenTooMuchIsLost() {
        try (var ring = new GossipRing(20, 42)) {
            ring.run(Duration.ofSeconds(30));
            ring.lose(0.7);
            ring.run(MINUTES);

            assertThat(ring.falsePositives()).isPositive();
        }
    }

    @Test
    void theSameSeedMeasuresTheSame() {
        assertThat(spread()).isEqualTo(spread());
    }

    private static List<Double> spread() {
        try (var ring = new GossipRing(20, 7)) {
            ring.run(Duration.ofSeconds(30));
            return ring.change(3, MINUTES);
        }
    }

    @Test
    void howFarItIsAndHowLongItTakesIsSaidEveryTenSeconds() {
        var said = new ArrayList<String>();
        var now = new AtomicLong();
        var left = new TimeLeft(100, said::add, now::get);

        for (int i = 0; i < 4; i++) {
            now.addAndGet(Duration.ofSeconds(6).toNanos());
            left.did(5);
        }

        assertThat(said).containsExactly("10 % done, about 1:48 left", "20 % done, about 1:36 left");
    }

    @Test
    void aTrialDoesTheWorkItsPlanSays() {
        var plan = new GossipTrial.Plan(5, 2, 0, Duration.ofSeconds(30), Duration.ofSeconds(10), 2);
        var done = new DoubleAdder();

        var trial = GossipTrial.of(plan, done::add);

        assertThat(done.sum()).isCloseTo(plan.work(), withPercentage(0.1));
        assertThat(trial.spread()).hasSize(2 * 2 * 4);
        assertThat(trial.convicted()).hasSize(2 * 4);
    }

    @Test
    void theFullBenchmarkShowsTenThousandNodesToo() {
        var bench = new GossipBench();
        var measured = List.of(
                BenchResult.alone("nodes-100/spread-p50", "s", Figures.exactly(2.6)),
                BenchResult.alone("nodes-10k/spread-p50", "s", Figures.exactly(6)));

        assertThat(spreading(bench, measured).places()).containsExactly("10", "100", "1,000");
        var full = spreading(bench.full().orElseThrow(), measured);
        assertThat(full.places()).containsExactly("10", "100", "1,000", "10,000");
        assertThat(full.lines().get(0).values()).containsExactly(Double.NaN, 2.6, Double.NaN, 6.0);
    }

    private static Chart spreading(Bench bench, List<BenchResult> measured) {
        return bench.charts(measured).get(0);
    }
}
