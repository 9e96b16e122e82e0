package io.ringsim.report;

import java.time.Duration;
import java.util.Locale;

/** Amounts as operators read them: {@code 212 GiB}, {@code 3h12m}, {@code 33.3%}, {@code 1,204}. */
public final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /** Three significant digits at most: {@code 512 B}, {@code 1.5 GiB}, {@code 212 GiB}. */
    public static String bytes(long bytes) {
        int unit = unitOf(bytes);
        return bytesIn(unit, bytes) + " " + BINARY[unit];
    }

    /** The power of 1024 in which an amount has one to four digits before the point. */
    static int unitOf(long bytes) {
        int unit = 0;
        for (double rest = Math.abs((double) bytes); rest >= 1023.5 && unit < BINARY.length - 1; rest /= 1024) {
            unit++;
        }
        return unit;
    }

    static String unitName(int unit) {
        return BINARY[unit];
    }

    /** The number alone, counted in a power of 1024. */
    static String bytesIn(int unit, long bytes) {
        return unit == 0 ? Long.toString(bytes) : threeDigits(bytes / Math.pow(1024, unit));
    }

    /** The two largest units that matter: {@code 300us}, {@code 250ms}, {@code 12.5s}, {@code 4m32s}, {@code 2d3h}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (duration.isZero()) {
            return "0s";
        }
        if (seconds == 0) {
            long micros = duration.toNanos() / 1_000;
            return micros == 0
                    ? duration.toNanos() + "ns"
                    : micros < 1_000 ? micros + "us" : threeDigits(micros / 1e3) + "ms";
        }
        if (seconds < 60) {
            return threeDigits(duration.toMillis() / 1e3) + "s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "m")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** A moment, to the millisecond: {@code 12.5s}, {@code 3h12m05.25s}. */
    public static String moment(Duration at) {
        long hours = at.toHours();
        String seconds = decimal(at.toMillis() % 60_000 / 1e3, 3) + "s";
        if (at.toMinutes() == 0) {
            return seconds;
        }
        String padded = at.toSecondsPart() < 10 ? "0" + seconds : seconds;
        return hours == 0
                ? at.toMinutes() + "m" + padded
                : hours + "h" + (at.toMinutesPart() < 10 ? "0" : "") + at.toMinutesPart() + "m" + padded;
    }

    /** A share of one as a percentage: {@code 33.3%}. */
    public static String share(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** With commas at the thousands. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun: {@code 1 file}, {@code 4 files}. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** At most so many digits behind the point, none of them a closing zero. */
    static String decimal(double value, int digits) {
        long scale = (long) Math.pow(10, digits);
        long scaled = Math.round(Math.abs(value) * scale);
        String sign = value < 0 && scaled > 0 ? "-" : "";
        long fraction = scaled % scale;
        if (fraction == 0) {
            return sign + scaled / scale;
        }
        var behind = new StringBuilder(Long.toString(scale + fraction)).deleteCharAt(0);
        while (behind.charAt(behind.length() - 1) == '0') {
            behind.setLength(behind.length() - 1);
        }
        return sign + scaled / scale + "." + behind;
    }

    private static String threeDigits(double value) {
        return decimal(value, Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0);
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
