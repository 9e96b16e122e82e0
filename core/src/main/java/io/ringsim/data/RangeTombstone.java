package io.ringsim.data;

/** The deletion of all rows between two positions. */
public record RangeTombstone(Slice slice, Deletion deletion) {
    public RangeTombstone {
        if (deletion.isLive()) {
            throw new IllegalArgumentException("a range tombstone deletes");
        }
    }
}
