package io.ringsim.coordinator;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Token;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which replicas a read asks: the nearest that are alive, just as many as must answer. Nodes that are about to be replicas
 * are not asked, and not counted.
 *
 * @param alive the replicas that are
 * @param asked of them those asked, the nearest first; all of them have to answer
 */
record ReadPlan(ConsistencyLevel level, List<NodeId> alive, List<NodeId> asked, Requirement requirement) {
    ReadPlan {
        alive = List.copyOf(alive);
        asked = List.copyOf(asked);
    }

    /**
     * The plan of a read in the ring as its coordinator sees it.
     *
     * @param self the coordinator, a member of the ring
     * @param isAlive what it believes of a node, itself included
     * @throws IllegalArgumentException at ANY, which is a level of writes only
     */
    static ReadPlan of(
            RingView view,
            Keyspace keyspace,
            Token token,
            ConsistencyLevel level,
            NodeId self,
            Proximity proximity,
            Predicate<NodeId> isAlive) {
        if (level == ConsistencyLevel.ANY) {
            throw new IllegalArgumentException("ANY ConsistencyLevel is only supported for writes");
        }
        var natural = keyspace.replication().replicas(view.ring(), token);
        var datacenter = view.location(self).datacenter();
        var requirement = Requirement.of(level, view, keyspace, datacenter, natural, List.of());
        var alive = proximity.sorted(self, natural.stream().filter(isAlive).toList(), view::location);
        return new ReadPlan(level, alive, nearest(alive, requirement), requirement);
    }

    private static Collection<NodeId> nearestOf(List<NodeId> alive, Requirement.Part part) {
        return alive.stream().filter(part.among()::contains).limit(part.count()).toList();
    }

    private static List<NodeId> nearest(List<NodeId> alive, Requirement requirement) {
        var asked = new LinkedHashSet<NodeId>();
        requirement.parts().forEach(part -> asked.addAll(nearestOf(alive, part)));
        return alive.stream().filter(asked::contains).toList();
    }

    /** Why the read must not begin: fewer replicas are alive than have to answer it. */
    Optional<Unavailable> unavailable() {
        return requirement.unavailable(level, alive);
    }
}
