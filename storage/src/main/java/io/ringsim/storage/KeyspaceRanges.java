package io.ringsim.storage;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import java.util.List;

/** Ranges of all tables of a keyspace. */
public record KeyspaceRanges(String keyspace, List<TokenRange> ranges) {
    public KeyspaceRanges {
        ranges = List.copyOf(ranges);
    }

    /** What a member holds of each keyspace, as a replica. */
    public static List<KeyspaceRanges> owned(List<Keyspace> keyspaces, TokenRing ring, NodeId node) {
        return keyspaces.stream()
                .map(keyspace -> new KeyspaceRanges(
                        keyspace.name(), List.copyOf(keyspace.replication().rangesOf(ring, node))))
                .toList();
    }
}
