package io.ringsim.ring;

import io.ringsim.ring.Token.LongToken;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** Tokens are the first 64 bits of the key's MurmurHash3, as Cassandra computes it. */
record Murmur3Partitioner() implements Partitioner {
    private static final LongToken MINIMUM = new LongToken(Long.MIN_VALUE);
    private static final BigInteger RING = BigInteger.ONE.shiftLeft(Long.SIZE);

    @Override
    public String name() {
        return "Murmur3Partitioner";
    }

    /** A hash equal to the minimum, which is reserved, becomes the largest token. */
    @Override
    public Token token(byte[] key) {
        if (key.length == 0) {
            return MINIMUM;
        }
        long hash = MurmurHash3.first64Bits(key);
        return new LongToken(hash == Long.MIN_VALUE ? Long.MAX_VALUE : hash);
    }

    @Override
    public Token parse(String text) {
        BigInteger value;
        try {
            value = new BigInteger(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no token of Murmur3Partitioner: a whole number is expected", e);
        }
        if (value.bitLength() > Long.SIZE - 1) {
            throw new IllegalArgumentException(
                    "token " + text + " is out of the range of Murmur3Partitioner: -2^63 to 2^63-1");
        }
        return new LongToken(value.longValue());
    }

    @Override
    public Token minimum() {
        return MINIMUM;
    }

    @Override
    public Token midpoint(Token left, Token right) {
        var l = BigInteger.valueOf(value(left));
        var r = BigInteger.valueOf(value(right));
        if (l.compareTo(r) < 0) {
            return new LongToken(l.add(r).shiftRight(1).longValue());
        }
        var sum = l.add(r).add(RING.subtract(BigInteger.ONE)).shiftRight(1);
        var largest = BigInteger.valueOf(Long.MAX_VALUE);
        return new LongToken(
                sum.compareTo(largest) <= 0
                        ? sum.longValue()
                        : Long.MIN_VALUE + sum.subtract(largest).longValue());
    }

    @Override
    public Token randomToken(RandomGenerator random) {
        long value = random.nextLong();
        while (value == Long.MIN_VALUE) {
            value = random.nextLong();
        }
        return new LongToken(value);
    }

    @Override
    public double fraction(TokenRange range) {
        long distance = value(range.right()) - value(range.left());
        double share = Math.scalb((double) distance, -Long.SIZE);
        return distance > 0 ? share : share + 1;
    }

    @Override
    public BigInteger width(TokenRange range) {
        var distance = BigInteger.valueOf(value(range.right())).subtract(BigInteger.valueOf(value(range.left())));
        return distance.signum() > 0 ? distance : distance.add(RING);
    }

    private static long value(Token token) {
        return ((LongToken) token).value();
    }
}
