package io.ringsim.network;

import java.time.Duration;

/** How long a message travels one way, apart from its own length. Its string is how scenario files write it. */
public sealed interface Latency {
    /** The half of all messages that is fastest takes up to this. */
    Duration median();

    /** Reads {@code 300us}, {@code constant(300us)}, {@code uniform(1ms, 2ms)} or {@code lognormal(p50=300us, p99=4ms)}. */
    static Latency parse(String text) {
        return LatencyText.parse(text);
    }

    /** Always the same. */
    record Constant(Duration value) implements Latency {
        public Constant {
            requireAtLeast(Duration.ZERO, value, "a latency");
        }

        @Override
        public Duration median() {
            return value;
        }

        @Override
        public String toString() {
            return LatencyText.format(value);
        }
    }

    /** Anything between, equally likely. */
    record Uniform(Duration min, Duration max) implements Latency {
        public Uniform {
            requireAtLeast(Duration.ZERO, min, "min");
            requireAtLeast(min, max, "max");
        }

        @Override
        public Duration median() {
            return min.plus(max).dividedBy(2);
        }

        @Override
        public String toString() {
            return "uniform(" + LatencyText.format(min) + ", " + LatencyText.format(max) + ")";
        }
    }

    /** Half of the messages take up to {@code p50}, one in a hundred longer than {@code p99}: what networks do. */
    record LogNormal(Duration p50, Duration p99) implements Latency {
        public LogNormal {
            requireAtLeast(Duration.ofNanos(1), p50, "p50");
            requireAtLeast(p50, p99, "p99");
        }

        @Override
        public Duration median() {
            return p50;
        }

        @Override
        public String toString() {
            return "lognormal(p50=" + LatencyText.format(p50) + ", p99=" + LatencyText.format(p99) + ")";
        }
    }

    private static void requireAtLeast(Duration least, Duration value, String what) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    what + " must be at least " + LatencyText.format(least) + ", not " + LatencyText.format(value));
        }
    }
}
