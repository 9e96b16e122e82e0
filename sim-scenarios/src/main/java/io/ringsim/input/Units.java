package io.ringsim.input;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, rates, times, counts and shares as people write them; each with its unit. */
public final class Units {
    private static final Pattern QUANTITY =
            Pattern.compile("(\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d{1,2})?)\\s*([A-Za-z%/\u00B5\u03BC]*)");
    private static final Pattern TIME_PART =
            Pattern.compile("(\\d[\\d_]*(?:\\.\\d+)?)\\s*(ns|us|\u00B5s|\u03BCs|ms|s|m|h|d)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final Map<String, Long> SIZES = new LinkedHashMap<>();
    private static final Map<String, Long> RATES_IN_BITS = new LinkedHashMap<>();
    private static final Map<String, Long> TIMES = new LinkedHashMap<>();
    private static final Map<String, Long> COUNTS = new LinkedHashMap<>();

    static {
        SIZES.put("B", 1L);
        SIZES.put("bytes", 1L);
        String prefixes = "KMGTPE";
        for (int i = 0; i < prefixes.length(); i++) {
            String prefix = prefixes.substring(i, i + 1);
            SIZES.put(prefix + "iB", 1L << (10 * (i + 1)));
            SIZES.put((prefix.equals("K") ? "k" : prefix) + "B", Math.round(Math.pow(1000, i + 1)));
        }
        RATES_IN_BITS.put("bit/s", 1L);
        RATES_IN_BITS.put("kbit/s", 1_000L);
        RATES_IN_BITS.put("Mbit/s", 1_000_000L);
        RATES_IN_BITS.put("Gbit/s", 1_000_000_000L);
        RATES_IN_BITS.put("Tbit/s", 1_000_000_000_000L);
        TIMES.put("ns", 1L);
        TIMES.put("us", 1_000L);
        TIMES.put("\u00B5s", 1_000L);
        TIMES.put("\u03BCs", 1_000L);
        TIMES.put("ms", 1_000_000L);
        TIMES.put("s", 1_000_000_000L);
        TIMES.put("m", 60_000_000_000L);
        TIMES.put("h", 3_600_000_000_000L);
        TIMES.put("d", 86_400_000_000_000L);
        COUNTS.put("", 1L);
        COUNTS.put("k", 1_000L);
        COUNTS.put("M", 1_000_000L);
        COUNTS.put("G", 1_000_000_000L);
    }

    private Units() {}

    /** Bytes of {@code 420GiB}, {@code 1.5 TB}, {@code 512B}. */
    public static long size(String text) {
        return amount(text, SIZES, 1, "size", "420GiB, 24MiB, 1.5TB or 512B");
    }

    /** Bytes per second of {@code 24MiB/s}, {@code 200Mbit/s}; 0 for {@code unlimited}. */
    public static long rate(String text) {
        String right = "24MiB/s, 200Mbit/s, 10Gbit/s or unlimited";
        if (text.equals("unlimited")) {
            return 0;
        }
        Matcher matcher = matched(text, "rate", right);
        String unit = matcher.group(2);
        long perSecond;
        if (RATES_IN_BITS.containsKey(unit)) {
            perSecond = amount(text, RATES_IN_BITS, 8, "rate", right);
        } else if (unit.endsWith("/s") && SIZES.containsKey(unit.substring(0, unit.length() - 2))) {
            perSecond = size(matcher.group(1) + unit.substring(0, unit.length() - 2));
        } else {
            throw wrongUnit(text, unit, "rate", right);
        }
        if (perSecond <= 0) {
            throw new Malformed(
                    "the rate '" + text + "' is less than a byte per second", "write unlimited for no limit");
        }
        return perSecond;
    }

    /** Time of {@code 30s}, {@code 300us}, {@code 1h30m}, {@code 1.5d}. */
    public static Duration time(String text) {
        String right = "300us, 30s, 5m, 9h, 1h30m or 2d";
        Matcher part = TIME_PART.matcher(text.strip());
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(
                    number(part.group(1)).multiply(BigDecimal.valueOf(TIMES.getOrDefault(part.group(2), 1L))));
            end = part.end();
        }
        if (end == 0 || end != text.strip().length()) {
            Matcher matcher = matched(text, "time", right);
            throw wrongUnit(text, matcher.group(2), "time", right);
        }
        return Duration.ofNanos(whole(text, nanos, "time"));
    }

    /** A number of things: {@code 60}, {@code 20k}, {@code 50M}. */
    public static long count(String text) {
        return amount(text, COUNTS, 1, "number", "60, 20k or 50M");
    }

    /** A share: {@code 0.01%} or {@code 0.0001}. */
    public static double share(String text) {
        String right = "0.5% or 0.005, from 0 to 1";
        Matcher matcher = matched(text, "share", right);
        String unit = matcher.group(2);
        if (!unit.isEmpty() && !unit.equals("%")) {
            throw wrongUnit(text, unit, "share", right);
        }
        double value = number(matcher.group(1)).doubleValue() / (unit.isEmpty() ? 1 : 100);
        if (value > 1) {
            throw new Malformed("'" + text + "' is more than the whole", "write " + right);
        }
        return value;
    }

    private static long amount(String text, Map<String, Long> units, int divisor, String kind, String right) {
        Matcher matcher = matched(text, kind, right);
        Long factor = units.get(matcher.group(2));
        if (factor == null) {
            throw wrongUnit(text, matcher.group(2), kind, right);
        }
        BigDecimal exact = number(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        return whole(text, exact.divide(BigDecimal.valueOf(divisor)), kind);
    }

    private static Matcher matched(String text, String kind, String right) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Malformed("'" + text + "' is no " + kind, "write " + right);
        }
        return matcher;
    }

    private static Malformed wrongUnit(String text, String unit, String kind, String right) {
        if (unit.isEmpty()) {
            return new Malformed("the " + kind + " '" + text + "' has no unit", "write " + right);
        }
        var known = new ArrayList<>(
                switch (kind) {
                    case "size" -> SIZES.keySet();
                    case "time" -> TIMES.keySet();
                    case "rate" -> RATES_IN_BITS.keySet();
                    default -> COUNTS.keySet();
                });
        String meant = Suggestion.closest(unit, known)
                .filter(word -> !word.isEmpty() && kind.equals("size"))
                .map(word -> "did you mean " + word + "?")
                .orElse("write " + right);
        return new Malformed("'" + unit + "' is no unit of a " + kind, meant);
    }

    private static BigDecimal number(String digits) {
        return new BigDecimal(digits.replace("_", ""));
    }

    private static long whole(String text, BigDecimal exact, String kind) {
        if (exact.compareTo(LONGEST) > 0) {
            throw new Malformed("the " + kind + " '" + text + "' is too large", "the most is 2^63");
        }
        return exact.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /** The shortest text that {@link #size} reads as these bytes. */
    public static String writeSize(long bytes) {
        String prefixes = "KMGTPE";
        int power = 0;
        long rest = bytes;
        while (rest != 0 && rest % 1024 == 0 && power < prefixes.length()) {
            rest /= 1024;
            power++;
        }
        return rest + (power == 0 ? "B" : prefixes.charAt(power - 1) + "iB");
    }

    /** The text that {@link #rate} reads as these bytes per second. */
    public static String writeRate(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return "unlimited";
        }
        if (bytesPerSecond % 125_000_000 == 0) {
            return bytesPerSecond / 125_000_000 + "Gbit/s";
        }
        return bytesPerSecond % 125_000 == 0 ? bytesPerSecond / 125_000 + "Mbit/s" : writeSize(bytesPerSecond) + "/s";
    }

    /** The text that {@link #time} reads as this time. */
    public static String writeTime(Duration time) {
        long nanos = time.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        for (String unit : new String[] {"d", "h", "m", "s", "ms", "us", "ns"}) {
            long size = TIMES.getOrDefault(unit, 1L);
            if (nanos >= size) {
                text.append(nanos / size).append(unit);
                nanos %= size;
            }
        }
        return text.toString();
    }

    /** The text that {@link #share} reads as this share. */
    public static String writeShare(double share) {
        return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
    }
}
