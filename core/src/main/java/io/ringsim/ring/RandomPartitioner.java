package io.ringsim.ring;

import io.ringsim.ring.Token.BigIntegerToken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/** Tokens are the absolute values of the keys' MD5, read as a signed number: 0 to 2^127. */
record RandomPartitioner() implements Partitioner {
    private static final BigIntegerToken MINIMUM = new BigIntegerToken(BigInteger.ONE.negate());
    private static final BigInteger RING = BigInteger.ONE.shiftLeft(127);
    private static final BigDecimal RING_SIZE = new BigDecimal(RING);

    @Override
    public String name() {
        return "RandomPartitioner";
    }

    @Override
    public Token token(byte[] key) {
        return key.length == 0 ? MINIMUM : new BigIntegerToken(new BigInteger(md5(key)).abs());
    }

    private static byte[] md5(byte[] key) {
        try {
            return MessageDigest.getInstance("MD5").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public Token parse(String text) {
        BigInteger value;
        try {
            value = new BigInteger(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no token of RandomPartitioner: a whole number is expected", e);
        }
        if (value.compareTo(MINIMUM.value()) < 0 || value.compareTo(RING) > 0) {
            throw new IllegalArgumentException(
                    "token " + text + " is out of the range of RandomPartitioner: -1 to 2^127");
        }
        return new BigIntegerToken(value);
    }

    @Override
    public Token minimum() {
        return MINIMUM;
    }

    @Override
    public Token midpoint(Token left, Token right) {
        var l = position(left);
        var r = position(right);
        if (l.compareTo(r) < 0) {
            return new BigIntegerToken(l.add(r).shiftRight(1));
        }
        return new BigIntegerToken(l.add(RING.add(r).subtract(l).shiftRight(1)).mod(RING));
    }

    @Override
    public Token randomToken(RandomGenerator random) {
        var seed = new byte[16];
        random.nextBytes(seed);
        return new BigIntegerToken(new BigInteger(md5(seed)).abs());
    }

    @Override
    public double fraction(TokenRange range) {
        return new BigDecimal(width(range))
                .divide(RING_SIZE, MathContext.DECIMAL64)
                .doubleValue();
    }

    /** The minimum counts as 0 here: no key lies between them. */
    @Override
    public BigInteger width(TokenRange range) {
        var distance = position(range.right()).subtract(position(range.left()));
        return range.isWrapAround() ? distance.add(RING) : distance;
    }

    private static BigInteger position(Token token) {
        return ((BigIntegerToken) token).value().max(BigInteger.ZERO);
    }
}
