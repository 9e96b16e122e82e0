package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a node knew of others when it forgot them, by number: that alone does not bring them back. */
final class Graves {
    private final SortedMap<Integer, Endpoint> graves = new TreeMap<>();

    void dig(NodeState state) {
        graves.put(state.number(), state.endpoint());
    }

    void open(int number) {
        graves.remove(number);
    }

    /** What its node is to be told, if this was forgotten already. */
    Optional<ClusterMessage.Forgotten> buried(NodeState state) {
        var grave = graves.get(state.number());
        return grave == null || state.endpoint().isNewerThan(grave)
                ? Optional.empty()
                : Optional.of(new ClusterMessage.Forgotten(grave.generation(), grave.version()));
    }
}
