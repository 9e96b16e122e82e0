package io.ringsim.nodetool;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes hold which range, as {@code describering} lists it.
 *
 * @param byEnd the replicas of the range that ends at a token, the first of them first
 */
public record DescribedReplicas(SortedMap<Token, List<NodeId>> byEnd) {
    public DescribedReplicas {
        byEnd = Collections.unmodifiableSortedMap(new TreeMap<>(byEnd));
    }

    /** The replicas of a token. */
    public List<NodeId> replicas(Token token) {
        SortedMap<Token, List<NodeId>> from = byEnd.tailMap(token);
        return byEnd.getOrDefault(from.isEmpty() ? byEnd.firstKey() : from.firstKey(), List.of());
    }

    /**
     * The plainest strategy that puts every replica where it was listed: SimpleStrategy, NetworkTopologyStrategy,
     * OldNetworkTopologyStrategy, EverywhereStrategy. Nothing when none does.
     */
    public Optional<ReplicationStrategy> strategyOn(TokenRing ring) {
        for (Candidate candidate : candidates(ring)) {
            ReplicationStrategy strategy = ReplicationStrategy.of(candidate.className, candidate.options);
            if (byEnd.entrySet().stream()
                    .allMatch(entry -> sameNodes(strategy.replicas(ring, entry.getKey()), entry.getValue()))) {
                return Optional.of(strategy);
            }
        }
        return Optional.empty();
    }

    private record Candidate(String className, SortedMap<String, String> options) {}

    private List<Candidate> candidates(TokenRing ring) {
        var factor = new TreeMap<String, String>();
        var perDatacenter = new TreeMap<String, Integer>();
        int most = 0;
        for (List<NodeId> replicas : byEnd.values()) {
            most = Math.max(most, replicas.size());
            var here = new TreeMap<String, Integer>();
            replicas.forEach(node -> here.merge(ring.location(node).datacenter(), 1, Integer::sum));
            here.forEach((datacenter, count) -> perDatacenter.merge(datacenter, count, Math::max));
        }
        factor.put("replication_factor", Integer.toString(most));
        var factors = new TreeMap<String, String>();
        perDatacenter.forEach((datacenter, count) -> factors.put(datacenter, Integer.toString(count)));
        var candidates = new ArrayList<Candidate>();
        candidates.add(new Candidate("SimpleStrategy", factor));
        candidates.add(new Candidate("NetworkTopologyStrategy", factors));
        candidates.add(new Candidate("OldNetworkTopologyStrategy", factor));
        candidates.add(new Candidate("EverywhereStrategy", new TreeMap<>()));
        return candidates;
    }

    /** Older versions list the replicas of several datacenters in another order; the first is always the same. */
    private static boolean sameNodes(List<NodeId> ours, List<NodeId> listed) {
        return ours.size() == listed.size()
                && (ours.isEmpty() || ours.get(0).equals(listed.get(0)))
                && new LinkedHashSet<>(ours).equals(new LinkedHashSet<>(listed));
    }
}
