package io.ringsim.ring;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** The replicas of one strategy at each position of one ring, each found when it is first asked for. */
final class Replicas {
    private final TokenRing ring;
    private final ReplicationStrategy strategy;
    private final Placement placement;
    private final AtomicReferenceArray<List<NodeId>> known;

    Replicas(TokenRing ring, ReplicationStrategy strategy) {
        this.ring = ring;
        this.strategy = strategy;
        this.placement = Placement.of(strategy, ring);
        this.known = new AtomicReferenceArray<>(ring.size());
    }

    /** Whether these are the replicas of exactly that object; of an equal one they may be nevertheless. */
    @SuppressWarnings("ReferenceEquality") // a look that costs less than to compare
    boolean isOf(ReplicationStrategy other) {
        return strategy == other;
    }

    List<NodeId> at(int position) {
        var replicas = known.getPlain(position);
        if (replicas == null) {
            replicas = IntStream.of(placement.at(position))
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
        if (!placement.reachesBackWithoutGaps()) {
            return IntStream.range(0, ring.size())
                    .filter(position -> holds(index, position))
                    .toArray();
        }
        return Arrays.stream(ring.positionsOf(index))
                .flatMap(own -> backFrom(own, index))
                .sorted()
                .toArray();
    }

    /** The positions from the node's own back to its previous own one, excluded, as far as the node holds them. */
    private IntStream backFrom(int own, int index) {
        return IntStream.iterate(own, position -> position >= 0 && holds(index, position), position -> {
            int previous = position == 0 ? ring.size() - 1 : position - 1;
            return ring.ownerAt(previous) == index ? -1 : previous;
        });
    }

    private boolean holds(int index, int position) {
        for (int holder : placement.at(position)) {
            if (holder == index) {
                return true;
            }
        }
        return false;
    }
}
