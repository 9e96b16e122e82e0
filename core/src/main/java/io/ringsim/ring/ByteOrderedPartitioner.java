package io.ringsim.ring;

import io.ringsim.ring.Token.BytesToken;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Tokens are the keys' bytes, compared unsigned. */
record ByteOrderedPartitioner() implements Partitioner {
    private static final BytesToken MINIMUM = new BytesToken("");
    private static final HexFormat HEX = HexFormat.of();
    private static final int RANDOM_LENGTH = 16;

    @Override
    public String name() {
        return "ByteOrderedPartitioner";
    }

    @Override
    public Token token(byte[] key) {
        return new BytesToken(HEX.formatHex(key));
    }

    /** Of an odd number of digits the first is taken to be 0; older versions write {@code Token(bytes[...])}. */
    @Override
    public Token parse(String text) {
        String digits = text.strip().replaceFirst("^Token\\(bytes\\[(.*)]\\)$", "$1");
        try {
            return token(HEX.parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no token of ByteOrderedPartitioner: hexadecimal digits are expected", e);
        }
    }

    @Override
    public Token minimum() {
        return MINIMUM;
    }

    @Override
    public Token midpoint(Token left, Token right) {
        var middle = Digits.midpoint(digits(left), digits(right), Byte.SIZE);
        var bytes = new byte[middle.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) middle[i];
        }
        return token(bytes);
    }

    @Override
    public Token randomToken(RandomGenerator random) {
        var bytes = new byte[RANDOM_LENGTH];
        random.nextBytes(bytes);
        return token(bytes);
    }

    @Override
    public double fraction(TokenRange range) {
        return Digits.fraction(digits(range.left()), digits(range.right()), Byte.SIZE);
    }

    @Override
    public boolean preservesOrder() {
        return true;
    }

    @Override
    public BigInteger width(TokenRange range) {
        throw new UnsupportedOperationException("ranges of " + name() + " have no size");
    }

    private static int[] digits(Token token) {
        var bytes = HEX.parseHex(((BytesToken) token).hex());
        var digits = new int[bytes.length];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return digits;
    }
}
