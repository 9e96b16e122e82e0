package io.ringsim.storage;

import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;
import java.util.List;

/** The widths of a coverage's ranges, summed up from its beginning. */
sealed interface Widths {
    /** The width of all ranges before this one. */
    BigInteger before(int range);

    BigInteger total();

    static Widths of(List<TokenRange> ranges) {
        return !ranges.isEmpty() && ranges.get(0).left() instanceof LongToken ? new OfLongs(ranges) : new OfAny(ranges);
    }

    /** In 64 bits without a sign: a ring of many nodes has millions of ranges. */
    final class OfLongs implements Widths {
        private static final BigInteger WHOLE_RING = BigInteger.ONE.shiftLeft(64);

        private final long[] sums;

        private OfLongs(List<TokenRange> ranges) {
            sums = new long[ranges.size() + 1];
            for (int i = 0; i < ranges.size(); i++) {
                var range = ranges.get(i);
                sums[i + 1] = sums[i] + ((LongToken) range.right()).value() - ((LongToken) range.left()).value();
            }
        }

        @Override
        public BigInteger before(int range) {
            var half = BigInteger.valueOf(sums[range] >>> 1).shiftLeft(1);
            return (sums[range] & 1) == 0 ? half : half.add(BigInteger.ONE);
        }

        @Override
        public BigInteger total() {
            var sum = before(sums.length - 1);
            return sum.signum() == 0 ? WHOLE_RING : sum;
        }
    }

    /** Of tokens of any size. */
    final class OfAny implements Widths {
        private final BigInteger[] sums;

        private OfAny(List<TokenRange> ranges) {
            sums = new BigInteger[ranges.size() + 1];
            sums[0] = BigInteger.ZERO;
            for (int i = 0; i < ranges.size(); i++) {
                sums[i + 1] = sums[i].add(Position.width(ranges.get(i)));
            }
        }

        @Override
        public BigInteger before(int range) {
            return sums[range];
        }

        @Override
        public BigInteger total() {
            return sums[sums.length - 1];
        }
    }
}
