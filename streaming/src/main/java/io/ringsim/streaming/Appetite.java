package io.ringsim.streaming;

/**
 * How many bytes the disk would best be given next. For a {@link LaneSource} and an {@link AppendSink} of one stream, which one
 * actor runs.
 */
final class Appetite {
    private int bytes = Integer.MAX_VALUE;

    void is(int convenient) {
        bytes = convenient;
    }

    int bytes() {
        return bytes;
    }
}
