package io.ringsim.coordinator;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which answers make an operation done: of each part so many. Only {@link ConsistencyLevel#EACH_QUORUM} has more parts than
 * one.
 */
record Requirement(List<Part> parts) {
    /** So many of these nodes. */
    record Part(int count, List<NodeId> among) {
        Part {
            among = List.copyOf(among);
        }

        private int of(Collection<NodeId> answered) {
            return (int) among.stream().filter(answered::contains).count();
        }
    }

    Requirement {
        parts = List.copyOf(parts);
    }

    /**
     * What a level requires of the replicas and of those about to be; each of the latter that counts makes one answer more
     * needed, whoever gives it.
     *
     * @param datacenter the coordinator's
     */
    static Requirement of(
            ConsistencyLevel level,
            RingView view,
            Keyspace keyspace,
            String datacenter,
            List<NodeId> natural,
            List<NodeId> pending) {
        var replication = keyspace.replication();
        var factors = ConsistencyLevel.datacenters(replication);
        if (level == ConsistencyLevel.EACH_QUORUM && !factors.isEmpty()) {
            var parts = new ArrayList<Part>();
            factors.forEach((each, factor) -> {
                int count = ConsistencyLevel.quorumOf(replication, view.ring(), each);
                parts.add(part(
                        count,
                        natural,
                        pending,
                        node -> view.location(node).datacenter().equals(each)));
            });
            return new Requirement(parts);
        }
        int count = level.required(replication, view.ring(), datacenter);
        if (level == ConsistencyLevel.ANY) {
            var all = new ArrayList<>(natural);
            all.addAll(pending);
            return new Requirement(List.of(new Part(count, all)));
        }
        return new Requirement(List.of(part(
                count,
                natural,
                pending,
                node -> !level.isLocal() || view.location(node).datacenter().equals(datacenter))));
    }

    private static Part part(int count, List<NodeId> natural, List<NodeId> pending, Predicate<NodeId> counts) {
        var among = new ArrayList<NodeId>();
        natural.stream().filter(counts).forEach(among::add);
        int replicas = among.size();
        pending.stream().filter(counts).forEach(among::add);
        return new Part(count + among.size() - replicas, among);
    }

    /** How many answers are needed in all. */
    int required() {
        return parts.stream().mapToInt(Part::count).sum();
    }

    /** How many of the answers needed are there. */
    int received(Collection<NodeId> answered) {
        return parts.stream()
                .mapToInt(part -> Math.min(part.count(), part.of(answered)))
                .sum();
    }

    /** Whether all answers needed are there, or could be if only these nodes answer. */
    boolean isMetBy(Collection<NodeId> answered) {
        return parts.stream().allMatch(part -> part.of(answered) >= part.count());
    }

    /** Why these are too few to begin with. */
    Optional<Unavailable> unavailable(ConsistencyLevel level, Collection<NodeId> alive) {
        return parts.stream()
                .filter(part -> part.of(alive) < part.count())
                .findFirst()
                .map(part -> new Unavailable(level, part.count(), part.of(alive)));
    }
}
