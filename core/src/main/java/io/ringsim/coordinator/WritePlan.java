package io.ringsim.coordinator;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a write goes, and how many must acknowledge it.
 *
 * <p>It goes to the replicas and to the nodes that are about to be replicas. Each of the latter raises the number of
 * acknowledgements needed by one (at LOCAL levels and in EACH_QUORUM only in its datacenter, at ANY never), and any of the
 * nodes may give any of them: so whatever the change of the ring comes to, enough replicas have the write. [CASSANDRA-833]
 *
 * @param natural the replicas of now
 * @param pending who is about to become one
 * @param alive of both those that the write is sent to, the replicas first
 */
record WritePlan(
        ConsistencyLevel level,
        List<NodeId> natural,
        List<NodeId> pending,
        List<NodeId> alive,
        Requirement requirement) {
    WritePlan {
        natural = List.copyOf(natural);
        pending = List.copyOf(pending);
        alive = List.copyOf(alive);
    }

    /**
     * The plan of a write in the ring as its coordinator sees it.
     *
     * @param here where the coordinator stands
     * @param isAlive what it believes of a node, itself included
     */
    static WritePlan of(
            RingView view,
            Keyspace keyspace,
            Token token,
            ConsistencyLevel level,
            Location here,
            Predicate<NodeId> isAlive) {
        var natural = keyspace.replication().replicas(view.ring(), token);
        var targets = view.writeTargets(keyspace.replication(), token);
        var pending = new ArrayList<>(targets);
        pending.removeAll(natural);
        return new WritePlan(
                level,
                natural,
                pending,
                targets.stream().filter(isAlive).toList(),
                Requirement.of(level, view, keyspace, here.datacenter(), natural, pending));
    }

    /** Why the write must not begin: fewer nodes are alive than have to acknowledge it. */
    Optional<Unavailable> unavailable() {
        return requirement.unavailable(level, alive);
    }
}
