package io.ringsim.data;

/** What comes one after another in a partition, in the order of positions: rows, and the ends of range tombstones. */
public sealed interface Unfiltered permits Row, Marker {
    /** Where it is. */
    Position position();
}
