package io.ringsim.ring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Arithmetic of tokens that are words over an alphabet: digits after the point, so to speak, missing ones being 0. */
final class Digits {
    private Digits() {}

    /** Halfway from left on to right; one digit longer than the longer of both when the distance to halve is odd. */
    static int[] midpoint(int[] left, int[] right, int bits) {
        int length = Math.max(left.length, right.length);
        var l = number(left, length, bits);
        var r = number(right, length, bits);
        var sum = l.add(r);
        if (l.compareTo(r) >= 0) {
            sum = sum.add(BigInteger.ONE.shiftLeft(length * bits));
        }
        boolean odd = sum.testBit(0);
        var middle = sum.shiftRight(1);
        var digits = new int[odd ? length + 1 : length];
        var mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        for (int i = 0; i < length; i++) {
            digits[i] = middle.shiftRight((length - 1 - i) * bits).and(mask).intValue();
        }
        if (odd) {
            digits[length] = 1 << (bits - 1);
        }
        return digits;
    }

    /** The share of all words that lies from left on to right. */
    static double fraction(int[] left, int[] right, int bits) {
        int length = Math.max(Math.max(left.length, right.length), 1);
        var ring = BigInteger.ONE.shiftLeft(length * bits);
        var distance = number(right, length, bits).subtract(number(left, length, bits));
        var share = distance.signum() > 0 ? distance : distance.add(ring);
        return new BigDecimal(share)
                .divide(new BigDecimal(ring), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static BigInteger number(int[] digits, int length, int bits) {
        var number = BigInteger.ZERO;
        for (int i = 0; i < length; i++) {
            number = number.shiftLeft(bits);
            if (i < digits.length) {
                number = number.add(BigInteger.valueOf(digits[i]));
            }
        }
        return number;
    }
}
