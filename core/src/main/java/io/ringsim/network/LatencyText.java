package io.ringsim.network;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Latencies as scenario files write them. */
final class LatencyText {
    private static final Pattern CALL = Pattern.compile("\\s*([a-z]+)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern TIME = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(ns|us|µs|ms|s|m|h)\\s*");

    private LatencyText() {}

    static Latency parse(String text) {
        var call = CALL.matcher(text);
        if (!call.matches()) {
            return new Latency.Constant(time(text, text));
        }
        var arguments = List.of(call.group(2).split(",", -1));
        return switch (call.group(1)) {
            case "constant" -> new Latency.Constant(time(only(arguments, text), text));
            case "uniform" ->
                new Latency.Uniform(argument(arguments, 0, "min", text), argument(arguments, 1, "max", text));
            case "lognormal" ->
                new Latency.LogNormal(argument(arguments, 0, "p50", text), argument(arguments, 1, "p99", text));
            default -> throw unknown(text);
        };
    }

    private static String only(List<String> arguments, String text) {
        if (arguments.size() != 1) {
            throw unknown(text);
        }
        return arguments.get(0);
    }

    private static Duration argument(List<String> arguments, int index, String name, String text) {
        if (arguments.size() != 2) {
            throw unknown(text);
        }
        String argument = arguments.get(index);
        int equals = argument.indexOf('=');
        if (equals >= 0 && !argument.substring(0, equals).strip().equals(name)) {
            throw unknown(text);
        }
        return time(argument.substring(equals + 1), text);
    }

    private static Duration time(String argument, String text) {
        var time = TIME.matcher(argument);
        if (!time.matches()) {
            throw unknown(text);
        }
        double nanos = Double.parseDouble(time.group(1)) * nanosOf(time.group(2));
        if (nanos > Long.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is longer than a simulation can last");
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("'" + text + "' is not a latency; write 300us, constant(300us),"
                + " uniform(1ms, 2ms) or lognormal(p50=300us, p99=4ms)");
    }

    static String format(Duration duration) {
        long nanos = duration.toNanos();
        for (var unit : List.of("h", "m", "s", "ms", "us")) {
            if (nanos != 0 && nanos % nanosOf(unit) == 0) {
                return nanos / nanosOf(unit) + unit;
            }
        }
        return nanos + "ns";
    }
}
