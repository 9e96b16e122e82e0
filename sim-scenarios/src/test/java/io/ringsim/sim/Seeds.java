package io.ringsim.sim;

import java.util.stream.LongStream;

/** The seeds a test runs under: its own few, or those of {@code -Dringsim.seed=7}, {@code -Dringsim.seeds=100..900}. */
final class Seeds {
    private Seeds() {}

    static long[] upTo(int own) {
        var one = Long.getLong("ringsim.seed");
        if (one != null) {
            return new long[] {one};
        }
        var range = System.getProperty("ringsim.seeds", Integer.toString(own)).split("\\.\\.", 2);
        long last = Long.parseLong(range[range.length - 1]);
        return LongStream.rangeClosed(range.length == 1 ? 1 : Long.parseLong(range[0]), last)
                .toArray();
    }
}
