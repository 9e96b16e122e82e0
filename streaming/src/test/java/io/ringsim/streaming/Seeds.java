package io.ringsim.streaming;

import java.util.stream.LongStream;

/** Which seeds a test runs with. */
final class Seeds {
    private Seeds() {}

    /** So many, unless {@code -Dringsim.seeds=N} says how many or {@code -Dringsim.seed=N} which. */
    static LongStream of(int usually) {
        var one = Long.getLong("ringsim.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.range(
                        0, Integer.getInteger("ringsim.seeds", usually).longValue());
    }
}
