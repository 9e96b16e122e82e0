package io.ringsim.ring;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The replicas of one strategy at each position of one ring, each found when it is first asked for. */
final class Replicas {
    private final TokenRing ring;
    private final Placement placement;
    private final AtomicReferenceArray<List<NodeId>> known;

    Replicas(TokenRing ring, ReplicationStrategy strategy) {
        this.ring = ring;
        this.placement = Placement.of(strategy, ring);
        this.known = new AtomicReferenceArray<>(ring.size());
    }

    List<NodeId> at(int position) {
        var replicas = known.getPlain(position);
        if (replicas == null) {
            replicas = Arrays.stream(placement.at(position))
                    .mapToObj(ring.nodes()::get)
                    .toList();
            known.set(position, replicas);
        }
        return replicas;
    }

    /** The positions whose ranges the node holds, ascending. */
    int[] positionsOf(NodeId node) {
        int index = ring.indexOf(node);
        if (index < 0) {
            return new int[0];
        }
        var held = new int[ring.size()];
        int count = 0;
        for (int position = 0; position < held.length; position++) {
            for (int holder : placement.at(position)) {
                if (holder == index) {
                    held[count++] = position;
                }
            }
        }
        return Arrays.copyOf(held, count);
    }
}
