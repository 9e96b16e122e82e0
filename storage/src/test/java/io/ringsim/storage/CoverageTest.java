package io.ringsim.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageTest {
    private static final int TOKENS = 20;
    private static final int SEEDS = 500;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversWhatAnyOfItsRangesContains(long seed) {
        var random = Randomness.of(seed);
        var kind = kind(random);
        var ranges = someRanges(random, kind);

        var coverage = Coverage.of(ranges);

        for (var token : allTokens(kind)) {
            assertThat(contains(coverage, token))
                    .as("%s in %s", token, ranges)
                    .isEqualTo(ranges.stream().anyMatch(range -> range.contains(token)));
        }
        assertThat(coverage.ranges()).isSorted();
        assertThat(Coverage.of(coverage.ranges())).isEqualTo(coverage);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void intersectionHoldsWhatBothHold(long seed) {
        var random = Randomness.of(seed);
        var kind = kind(random);
        var one = Coverage.of(someRanges(random, kind));
        var other = Coverage.of(someRanges(random, kind));

        var both = one.intersect(other);

        for (var token : allTokens(kind)) {
            assertThat(contains(both, token)).isEqualTo(contains(one, token) && contains(other, token));
        }
        assertThat(both).isEqualTo(other.intersect(one));
        assertThat(one.intersect(one)).isEqualTo(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void widthsOfPartsAddUp(long seed) {
        var random = Randomness.of(seed);
        var kind = kind(random);
        var whole = Coverage.of(someRanges(random, kind));
        var cut = kind.apply(random.nextInt(TOKENS));
        var low = Coverage.of(List.of(new TokenRange(cut.minimum(), cut)));
        var high = Coverage.of(List.of(new TokenRange(cut, cut.minimum())));

        var parts = cut.isMinimum()
                ? whole.width()
                : whole.intersect(low).width().add(whole.intersect(high).width());

        assertThat(parts).isEqualTo(whole.width());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theWholeRingIsAsWideAsItIs(LongFunction<Token> kind) {
        var token = kind.apply(7);
        var whole = Coverage.of(List.of(new TokenRange(token, token)));

        assertThat(whole.ranges()).containsExactly(new TokenRange(token.minimum(), token.minimum()));
        assertThat(whole.width()).isEqualTo(Position.ofRightEnd(token.minimum()));
    }

    static List<LongFunction<Token>> kinds() {
        return List.of(
                value -> new LongToken(value == 0 ? Long.MIN_VALUE : value - TOKENS / 2),
                value -> new BigIntegerToken(BigInteger.valueOf(value - 1)),
                value -> new StringToken(value == 0 ? "" : String.valueOf((char) ('a' + value))),
                value -> new BytesToken(value == 0 ? "" : String.format("%02x", value * 10)));
    }

    private static LongFunction<Token> kind(Randomness random) {
        return random.pick(kinds());
    }

    private static List<Token> allTokens(LongFunction<Token> kind) {
        return LongStream.range(1, TOKENS).mapToObj(kind).toList();
    }

    private static List<TokenRange> someRanges(Randomness random, LongFunction<Token> kind) {
        var ranges = new ArrayList<TokenRange>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            ranges.add(new TokenRange(kind.apply(random.nextInt(TOKENS)), kind.apply(random.nextInt(TOKENS))));
        }
        return ranges;
    }

    private static boolean contains(Coverage coverage, Token token) {
        return coverage.ranges().stream().anyMatch(range -> range.contains(token));
    }
}
