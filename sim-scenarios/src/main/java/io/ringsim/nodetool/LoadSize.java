package io.ringsim.nodetool;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Sizes as nodetool prints them: {@code 30.9 KiB}, {@code 512 bytes}, {@code 1.2 TB}. All count by 1024. */
final class LoadSize {
    private static final String PREFIXES = "KMGTP";
    /** Six digits times a tebibyte fit into 64 bits. */
    private static final int SHORT_NUMBER = 6;

    private static final long SMALL_UNIT = 1L << 40;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private LoadSize() {}

    /** The factor of a unit, or 0 when it is none. */
    static long unit(String unit) {
        if (unit.equals("bytes") || unit.equals("byte") || unit.equals("B")) {
            return 1;
        }
        boolean binary = unit.length() == 3 && unit.charAt(1) == 'i';
        if (unit.length() < 2 || unit.length() > 3 || (unit.length() == 3 && !binary) || !unit.endsWith("B")) {
            return 0;
        }
        int prefix = PREFIXES.indexOf(Character.toUpperCase(unit.charAt(0)));
        return prefix < 0 ? 0 : 1L << (10 * (prefix + 1));
    }

    static OptionalLong bytes(String number, String unit) {
        long factor = unit(unit);
        if (factor == 0 || !isDecimal(number)) {
            return OptionalLong.empty();
        }
        int point = Math.max(number.indexOf('.'), number.indexOf(','));
        if (number.length() <= SHORT_NUMBER && factor <= SMALL_UNIT) {
            long digits = Long.parseLong(point < 0 ? number : number.substring(0, point) + number.substring(point + 1));
            return OptionalLong.of(digits * factor / POWERS_OF_TEN[point < 0 ? 0 : number.length() - point - 1]);
        }
        try {
            return OptionalLong.of(new BigDecimal(number.replace(',', '.'))
                    .multiply(BigDecimal.valueOf(factor))
                    .longValueExact());
        } catch (ArithmeticException fraction) {
            return OptionalLong.of(new BigDecimal(number.replace(',', '.'))
                    .multiply(BigDecimal.valueOf(factor))
                    .longValue());
        }
    }

    static boolean isDecimal(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == ',') {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return points <= 1 && text.length() > points && text.length() <= 18;
    }
}
