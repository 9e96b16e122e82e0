package io.ringsim.storage;

import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;

/**
 * Tokens as whole numbers that grow as the tokens do, so that a difference of two is the size of a range. Exact for hashed
 * tokens; keys that are their own tokens are measured by their first 16 bytes.
 */
final class Position {
    private static final BigInteger LONG_SEAM = BigInteger.ONE.shiftLeft(63);
    private static final int KEY_BITS = 128;

    private Position() {}

    static BigInteger of(Token token) {
        if (token instanceof LongToken hashed) {
            return BigInteger.valueOf(hashed.value()).add(LONG_SEAM);
        }
        if (token instanceof BigIntegerToken hashed) {
            return hashed.value().add(BigInteger.ONE);
        }
        return token instanceof BytesToken key
                ? ofDigits(key.hex(), 4, 16)
                : ofDigits(((StringToken) token).value(), 16, 0);
    }

    /** How many tokens a range that does not wrap holds. */
    static BigInteger width(TokenRange range) {
        return ofRightEnd(range.right()).subtract(of(range.left()));
    }

    /** The position of a range's right end, where the minimum token stands for the end of the ring. */
    static BigInteger ofRightEnd(Token token) {
        if (!token.isMinimum()) {
            return of(token);
        }
        if (token instanceof LongToken) {
            return LONG_SEAM.shiftLeft(1);
        }
        return token instanceof BigIntegerToken
                ? BigInteger.ONE.shiftLeft(127).add(BigInteger.ONE)
                : BigInteger.ONE.shiftLeft(KEY_BITS);
    }

    private static BigInteger ofDigits(String digits, int bitsEach, int radix) {
        var position = BigInteger.ZERO;
        for (int i = 0; i < KEY_BITS / bitsEach; i++) {
            int digit =
                    i >= digits.length() ? 0 : radix == 0 ? digits.charAt(i) : Character.digit(digits.charAt(i), radix);
            position = position.shiftLeft(bitsEach).or(BigInteger.valueOf(digit));
        }
        return position;
    }
}
