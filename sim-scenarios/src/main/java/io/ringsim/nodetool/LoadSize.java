package io.ringsim.nodetool;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Sizes as nodetool prints them: {@code 30.9 KiB}, {@code 512 bytes}, {@code 1.2 TB}. All count by 1024. */
final class LoadSize {
    private static final String PREFIXES = "KMGTP";

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
