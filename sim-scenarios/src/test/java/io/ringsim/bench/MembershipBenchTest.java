package io.ringsim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class MembershipBenchTest {
    private static final Duration MINUTES = Duration.ofMinutes(2);

    @Test
    void hostsOfOurClusterLayerSeeEachOtherUntilOneIsKilled() {
        oneOfThreeIsKilled(AkkaCrowd::ring);
    }

    @Test
    void membersOfAnAkkaClusterSeeEachOtherUntilOneIsKilled() {
        oneOfThreeIsKilled(AkkaCrowd::plain);
    }

    @Test
    void membersOfAScaleCubeClusterSeeEachOtherUntilOneIsKilled() {
        assumeTrue(ScaleCubeCrowd.isThere());
        oneOfThreeIsKilled(ScaleCubeCrowd.at(ScaleCubeCrowd.Pace.AS_AKKA));
    }

    private static void oneOfThreeIsKilled(Crowd.Starter starter) {
        var sightings = new Sightings();
        try (var crowd = starter.start(3, sightings)) {
            assertThat(sightings.awaitAllSeeAll(3, MINUTES)).isTrue();
            assertThat(sightings.awaitAllSeeAll(4, Duration.ZERO)).isFalse();

            var victim = crowd.kill();

            assertThat(sightings.awaitNobodySees(victim, MINUTES)).isTrue();
        }
    }

    @Test
    void aMemberThatSeesItselfAloneDoesNotSeeAll() {
        var sightings = new Sightings();
        sightings.sees("a", "a");
        sightings.sees("a", "b");
        sightings.sees("b", "b");

        assertThat(sightings.awaitAllSeeAll(2, Duration.ZERO)).isFalse();

        sightings.sees("b", "a");

        assertThat(sightings.awaitAllSeeAll(2, Duration.ZERO)).isTrue();
        assertThat(sightings.awaitNobodySees("b", Duration.ZERO)).isFalse();

        sightings.loses("a", "b");

        assertThat(sightings.awaitNobodySees("b", Duration.ZERO)).isTrue();
    }

    @Test
    void theSuspicionOfScaleCubeGrowsWithTheLogarithmOfItsMembers() {
        assertThat(ScaleCubeCrowd.Pace.DEFAULT.suspicionMillis(30)).isEqualTo(25_000);
        assertThat(ScaleCubeCrowd.Pace.AS_AKKA.suspicionMillis(3)).isEqualTo(1_200);
    }

    @Test
    void everyCaseHasItsMiddleAndItsWorstRound() {
        var results = new MembershipBench(3, 1, Duration.ZERO).run(line -> {});

        assertThat(results).extracting(BenchResult::name).contains("all-see-all/akka", "seen-dead/akka");
        if (ScaleCubeCrowd.isThere()) {
            assertThat(results)
                    .extracting(BenchResult::name)
                    .contains(
                            "all-see-all/scalecube",
                            "seen-dead/scalecube",
                            "seen-dead-max/scalecube",
                            "seen-dead-equal-bounds/scalecube");
        }
        assertThat(results).allSatisfy(result -> {
            assertThat(result.ours().median()).isPositive();
            assertThat(result.reference().median()).isPositive();
        });
    }
}
