package io.ringsim.ring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where replicas go, told once more in the plainest way: as walks over a list of nodes, without regard to speed. */
final class NaiveReplicas {
    private final TokenRing ring;
    private final List<NodeId> walk = new ArrayList<>();

    private NaiveReplicas(TokenRing ring, Token token) {
        this.ring = ring;
        var owners = new TreeMap<Token, NodeId>();
        ring.members().forEach(member -> member.tokens().forEach(owned -> owners.put(owned, member.node())));
        walk.addAll(owners.tailMap(token, true).values());
        walk.addAll(owners.headMap(token, false).values());
    }

    static List<NodeId> of(ReplicationStrategy strategy, TokenRing ring, Token token) {
        var naive = new NaiveReplicas(ring, token);
        if (strategy instanceof SimpleStrategy) {
            return naive.first(strategy.replicationFactor());
        }
        if (strategy instanceof OldNetworkTopologyStrategy) {
            return naive.rackAware(strategy.replicationFactor());
        }
        if (strategy instanceof NetworkTopologyStrategy topology) {
            return naive.topology(topology.datacenters());
        }
        if (strategy instanceof DatacenterShardStrategy shard) {
            return naive.shard(shard.datacenters());
        }
        return strategy instanceof EverywhereStrategy ? ring.nodes() : List.of();
    }

    private List<NodeId> first(int count) {
        return walk.stream().distinct().limit(count).toList();
    }

    private List<NodeId> rackAware(int count) {
        if (walk.isEmpty()) {
            return List.of();
        }
        var home = ring.location(walk.get(0));
        var preferred = new LinkedHashSet<NodeId>();
        preferred.add(walk.get(0));
        var elsewhere = walk.stream()
                .filter(node -> !ring.location(node).datacenter().equals(home.datacenter()))
                .findFirst();
        var otherRack = walk.stream()
                .filter(node -> ring.location(node).datacenter().equals(home.datacenter()))
                .filter(node -> !ring.location(node).rack().equals(home.rack()))
                .findFirst();
        for (var node : walk) {
            if (elsewhere.filter(node::equals).isPresent()
                    || otherRack.filter(node::equals).isPresent()) {
                preferred.add(node);
            }
        }
        preferred.addAll(walk);
        return preferred.stream().limit(Math.max(1, count)).toList();
    }

    private List<NodeId> topology(Map<String, Integer> factors) {
        var replicas = new LinkedHashSet<NodeId>();
        var seenRacks = new LinkedHashSet<Location>();
        var left = new LinkedHashMap<String, Integer>();
        var repeats = new LinkedHashMap<String, Integer>();
        factors.forEach((datacenter, factor) -> {
            left.put(datacenter, Math.min(factor, nodesIn(datacenter).size()));
            repeats.put(datacenter, factor - racksIn(datacenter).size());
        });
        for (var node : walk) {
            var location = ring.location(node);
            int open = left.getOrDefault(location.datacenter(), 0);
            if (open == 0) {
                continue;
            }
            if (!seenRacks.add(location)) {
                int allowed = repeats.getOrDefault(location.datacenter(), 0);
                if (allowed <= 0 || replicas.contains(node)) {
                    continue;
                }
                repeats.put(location.datacenter(), allowed - 1);
            }
            replicas.add(node);
            left.put(location.datacenter(), open - 1);
        }
        return List.copyOf(replicas);
    }

    private List<NodeId> shard(Map<String, Integer> factors) {
        var replicas = new LinkedHashSet<NodeId>();
        var left = new LinkedHashMap<>(factors);
        var seenRacks = new LinkedHashSet<Location>();
        for (var node : walk) {
            var location = ring.location(node);
            int open = left.getOrDefault(location.datacenter(), 0);
            if (open > 0 && seenRacks.add(location) && replicas.add(node)) {
                left.put(location.datacenter(), open - 1);
            }
        }
        for (var node : walk) {
            var datacenter = ring.location(node).datacenter();
            int open = left.getOrDefault(datacenter, 0);
            if (open > 0 && replicas.add(node)) {
                left.put(datacenter, open - 1);
            }
        }
        return List.copyOf(replicas);
    }

    private Set<NodeId> nodesIn(String datacenter) {
        var nodes = new TreeSet<>(ring.nodes());
        nodes.removeIf(node -> !ring.location(node).datacenter().equals(datacenter));
        return nodes;
    }

    private Set<String> racksIn(String datacenter) {
        var racks = new TreeSet<String>();
        nodesIn(datacenter).forEach(node -> racks.add(ring.location(node).rack()));
        return racks;
    }
}
