package io.ringsim.storage.memtable;

import io.ringsim.ring.Token;

/** The first 64 bits of a token, such that their signed order is the tokens' order as far as they tell. */
final class TokenPrefix {
    private static final int TOKEN_BITS = 127;
    private static final int HEX_DIGITS = 16;

    private TokenPrefix() {}

    static long of(Token token) {
        if (token instanceof Token.LongToken number) {
            return number.value();
        }
        if (token instanceof Token.BigIntegerToken number) {
            // 0 to 2^127 inclusive, and -1: the topmost 63 bits keep the order
            return number.value().shiftRight(TOKEN_BITS - Long.SIZE + 2).longValue();
        }
        if (token instanceof Token.StringToken text) {
            long prefix = 0;
            for (int i = 0; i < Long.BYTES / Character.BYTES; i++) {
                prefix = prefix << Character.SIZE
                        | (i < text.value().length() ? text.value().charAt(i) : 0);
            }
            return prefix ^ Long.MIN_VALUE;
        }
        var hex = ((Token.BytesToken) token).hex();
        var digits =
                hex.length() >= HEX_DIGITS ? hex.substring(0, HEX_DIGITS) : hex + "0".repeat(HEX_DIGITS - hex.length());
        return Long.parseUnsignedLong(digits, HEX_DIGITS) ^ Long.MIN_VALUE;
    }
}
