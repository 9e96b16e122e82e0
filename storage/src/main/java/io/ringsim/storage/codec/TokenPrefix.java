package io.ringsim.storage.codec;

import io.ringsim.ring.Token;
import java.math.BigInteger;

/** Tokens as numbers of 64 bits: of two tokens the smaller never has the larger number, so most compare without looking further. */
public final class TokenPrefix {
    /** Tokens of RandomPartitioner are 0 to 2^127, with that; -1 is the seam. */
    private static final int RANDOM_BITS = 127;

    private TokenPrefix() {}

    public static long of(Token token) {
        if (token instanceof Token.LongToken hashed) {
            return hashed.value();
        }
        if (token instanceof Token.BigIntegerToken hashed) {
            return ofNumber(hashed.value());
        }
        return token instanceof Token.BytesToken key ? ofHex(key.hex()) : ofText(((Token.StringToken) token).value());
    }

    private static long ofNumber(BigInteger value) {
        if (value.signum() < 0) {
            return Long.MIN_VALUE;
        }
        return value.bitLength() > RANDOM_BITS
                ? Long.MAX_VALUE
                : value.shiftRight(RANDOM_BITS - Long.SIZE).longValue() ^ Long.MIN_VALUE;
    }

    private static long ofHex(String hex) {
        long prefix = 0;
        for (int i = 0; i < 2 * Long.BYTES; i++) {
            prefix = prefix << 4 | (i < hex.length() ? Character.digit(hex.charAt(i), 16) : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    private static long ofText(String text) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES / Character.BYTES; i++) {
            prefix = prefix << Character.SIZE | (i < text.length() ? text.charAt(i) : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }
}
