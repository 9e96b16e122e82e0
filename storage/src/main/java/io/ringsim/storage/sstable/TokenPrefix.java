package io.ringsim.storage.sstable;

import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;

/** Tokens as numbers: of two tokens the smaller never has the larger number. */
final class TokenPrefix {
    private TokenPrefix() {}

    static long of(Token token) {
        if (token instanceof LongToken hashed) {
            return hashed.value();
        }
        if (token instanceof BigIntegerToken hashed) {
            return hashed.value().shiftRight(Long.SIZE).longValue();
        }
        return token instanceof BytesToken key ? ofHex(key.hex()) : ofText(((StringToken) token).value());
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
