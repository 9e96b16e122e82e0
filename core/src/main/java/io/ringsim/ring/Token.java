package io.ringsim.ring;

import java.math.BigInteger;

/**
 * A position on the ring. Each kind belongs to one {@link Partitioner}; tokens of different kinds do not compare.
 *
 * <p>Every kind has a smallest value, {@link #minimum()}, that no key has: it stands for the seam of the ring.
 */
public sealed interface Token extends Comparable<Token> {
    /** The smallest token of this kind. */
    Token minimum();

    /** Whether this is the seam of the ring rather than the place of a key. */
    default boolean isMinimum() {
        return equals(minimum());
    }

    /** A token of Murmur3Partitioner; {@link Long#MIN_VALUE} is the minimum. */
    record LongToken(long value) implements Token {
        private static final LongToken MINIMUM = new LongToken(Long.MIN_VALUE);

        @Override
        public Token minimum() {
            return MINIMUM;
        }

        @Override
        public int compareTo(Token other) {
            return Long.compare(value, ((LongToken) other).value);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A token of RandomPartitioner, 0 to 2^127; -1 is the minimum. */
    record BigIntegerToken(BigInteger value) implements Token {
        private static final BigIntegerToken MINIMUM = new BigIntegerToken(BigInteger.ONE.negate());

        @Override
        public Token minimum() {
            return MINIMUM;
        }

        @Override
        public int compareTo(Token other) {
            return value.compareTo(((BigIntegerToken) other).value);
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A token of OrderPreservingPartitioner: the key itself; the empty string is the minimum. */
    record StringToken(String value) implements Token {
        private static final StringToken MINIMUM = new StringToken("");

        @Override
        public Token minimum() {
            return MINIMUM;
        }

        @Override
        public int compareTo(Token other) {
            return value.compareTo(((StringToken) other).value);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * A token of ByteOrderedPartitioner: the key's bytes, compared unsigned; no bytes is the minimum.
     *
     * @param hex the bytes as lower-case hexadecimal, which orders as the bytes do
     */
    record BytesToken(String hex) implements Token {
        private static final BytesToken MINIMUM = new BytesToken("");

        @Override
        public Token minimum() {
            return MINIMUM;
        }

        @Override
        public int compareTo(Token other) {
            return hex.compareTo(((BytesToken) other).hex);
        }

        @Override
        public String toString() {
            return hex;
        }
    }
}
