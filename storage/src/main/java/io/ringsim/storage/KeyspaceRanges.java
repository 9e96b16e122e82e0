package io.ringsim.storage;

import io.ringsim.ring.TokenRange;
import java.util.List;

/** Ranges of all tables of a keyspace. */
public record KeyspaceRanges(String keyspace, List<TokenRange> ranges) {
    public KeyspaceRanges {
        ranges = List.copyOf(ranges);
    }
}
