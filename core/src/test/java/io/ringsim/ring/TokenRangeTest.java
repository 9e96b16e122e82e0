package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Token.LongToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The algebra of ranges against sets of points on a ring of a few tokens, the minimum among them. */
class TokenRangeTest {
    private static final long[] RING = {Long.MIN_VALUE, -3, -2, -1, 0, 1, 2, 3, Long.MAX_VALUE};
    private static final List<TokenRange> ALL = everyRange();

    private static List<TokenRange> everyRange() {
        var ranges = new ArrayList<TokenRange>();
        for (long left : RING) {
            for (long right : RING) {
                ranges.add(range(left, right));
            }
        }
        return ranges;
    }

    private static TokenRange range(long left, long right) {
        return new TokenRange(new LongToken(left), new LongToken(right));
    }

    /** The tokens on the way from left, excluded, to right, found by walking. */
    private static SortedSet<Long> points(TokenRange range) {
        var points = new TreeSet<Long>();
        int at = indexOf(range.left());
        do {
            at = (at + 1) % RING.length;
            points.add(RING[at]);
        } while (at != indexOf(range.right()));
        return points;
    }

    private static SortedSet<Long> points(Collection<TokenRange> ranges) {
        var points = new TreeSet<Long>();
        ranges.forEach(range -> points.addAll(points(range)));
        return points;
    }

    private static int indexOf(Token token) {
        for (int i = 0; i < RING.length; i++) {
            if (RING[i] == ((LongToken) token).value()) {
                return i;
            }
        }
        throw new AssertionError(token);
    }

    private static void assertDisjoint(List<TokenRange> ranges) {
        int sum = ranges.stream().mapToInt(range -> points(range).size()).sum();
        assertThat(points(ranges)).as("%s", ranges).hasSize(sum);
    }

    @Test
    void containsExactlyTheTokensFromLeftExcludedToRight() {
        for (var range : ALL) {
            for (long point : RING) {
                assertThat(range.contains(new LongToken(point)))
                        .as("%s in %s", point, range)
                        .isEqualTo(points(range).contains(point));
            }
        }
    }

    @Test
    void containsEveryRangeWhoseTokensItHas() {
        for (var range : ALL) {
            for (var other : ALL) {
                boolean expected = points(range).containsAll(points(other));
                assertThat(range.contains(other)).as("%s in %s", other, range).isEqualTo(expected);
            }
        }
    }

    @Test
    void sharesWithAnotherRangeWhatBothContain() {
        for (var range : ALL) {
            for (var other : ALL) {
                var expected = new TreeSet<>(points(range));
                expected.retainAll(points(other));
                var shared = range.intersection(other);
                assertThat(points(shared)).as("%s and %s", range, other).isEqualTo(expected);
                assertDisjoint(shared);
                assertThat(range.intersects(other)).isEqualTo(!expected.isEmpty());
            }
        }
    }

    @Test
    void leavesWhatAnotherRangeDoesNotContain() {
        for (var range : ALL) {
            for (var other : ALL) {
                var expected = new TreeSet<>(points(range));
                expected.removeAll(points(other));
                assertThat(points(range.subtract(other)))
                        .as("%s minus %s", range, other)
                        .isEqualTo(expected);
                assertDisjoint(range.subtract(other));
                assertThat(other.differenceToFetch(range)).isEqualTo(range.subtract(other));
            }
        }
    }

    @Test
    void leavesWhatNoneOfManyRangesContains() {
        var random = random(1);
        for (int round = 0; round < 2_000; round++) {
            var range = ALL.get(random.nextInt(ALL.size()));
            var others = some(random);
            var expected = new TreeSet<>(points(range));
            expected.removeAll(points(others));
            assertThat(points(range.subtract(others)))
                    .as("%s minus %s", range, others)
                    .isEqualTo(expected);
        }
    }

    @Test
    void unwrapsAtTheMinimumOnly() {
        for (var range : ALL) {
            var parts = range.unwrap();
            assertThat(points(parts)).isEqualTo(points(range));
            for (var part : parts) {
                assertThat(!part.isWrapAround() || part.right().isMinimum())
                        .as("%s of %s", part, range)
                        .isTrue();
            }
        }
        assertThat(range(2, -2).unwrap()).containsExactly(range(2, Long.MIN_VALUE), range(Long.MIN_VALUE, -2));
        assertThat(range(2, Long.MIN_VALUE).unwrap()).containsExactly(range(2, Long.MIN_VALUE));
    }

    @Test
    void normalisesToAscendingRangesThatNeitherWrapNorTouch() {
        var random = random(2);
        for (int round = 0; round < 5_000; round++) {
            var ranges = some(random);
            var normal = TokenRange.normalise(ranges);
            assertThat(points(normal)).as("%s", ranges).isEqualTo(points(ranges));
            for (int i = 0; i < normal.size(); i++) {
                boolean toTheEnd = normal.get(i).right().isMinimum();
                assertThat(!normal.get(i).isWrapAround() || toTheEnd)
                        .as("%s", normal)
                        .isTrue();
                if (i > 0) {
                    assertThat(normal.get(i - 1).right())
                            .isLessThan(normal.get(i).left());
                }
            }
        }
        assertThat(TokenRange.normalise(List.of(range(3, 3)))).containsExactly(range(Long.MIN_VALUE, Long.MIN_VALUE));
    }

    @Test
    void givesTwoRangesWhereBothEndsOfAnotherLieWithin() {
        assertThat(range(-2, 3).intersection(range(2, -1))).containsExactly(range(-2, -1), range(2, 3));
        assertThat(range(2, -1).intersection(range(-2, 3))).containsExactly(range(2, 3), range(-2, -1));
    }

    private static List<TokenRange> some(RandomGenerator random) {
        return random.ints(random.nextInt(5), 0, ALL.size()).mapToObj(ALL::get).toList();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("SplittableRandom").create(seed);
    }
}
