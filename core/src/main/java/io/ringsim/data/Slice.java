package io.ringsim.data;

/** The rows between two positions. */
public record Slice(Position from, Position to) {
    public static final Slice ALL = new Slice(Position.BOTTOM, Position.TOP);

    public Slice {
        if (from.side() == 0 || to.side() == 0) {
            throw new IllegalArgumentException("a slice begins and ends between rows");
        }
    }

    /** That one row. */
    public static Slice of(Bytes clustering) {
        return new Slice(Position.before(clustering), Position.after(clustering));
    }
}
