package io.ringsim.plan;

import io.ringsim.report.Units;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an operator should know before going on. */
final class Risks {
    /** A single peer with more than this share of the bytes holds up the rest. */
    private static final double LARGE_SHARE = 0.6;

    private static final double LARGE_SKEW = 1.3;
    private static final double FAR_FROM_MEAN = 1.5;

    private final PlanRequest request;
    private final TokenRing after;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Risks(PlanRequest request, TokenRing after) {
        this.request = request;
        this.after = after;
    }

    Plan on(Plan plan) {
        warnings.addAll(plan.warnings());
        sources(plan);
        skew(plan);
        racks();
        receivers(plan);
        strictness(plan);
        cleanup(plan);
        return new Plan(
                plan.change(),
                plan.tokens(),
                plan.keyspaces(),
                plan.peers(),
                plan.estimate(),
                plan.ownershipBefore(),
                plan.ownershipAfter(),
                plan.balanceBefore(),
                plan.balanceAfter(),
                plan.cleanup(),
                warnings,
                notes);
    }

    private void sources(Plan plan) {
        var sent = new TreeMap<NodeId, Long>();
        plan.peers().forEach(peer -> sent.merge(peer.from(), peer.bytes(), Long::sum));
        long total = plan.totalBytes();
        if (total == 0 || plan.change() instanceof Change.Decommission) {
            return;
        }
        sent.forEach((node, bytes) -> {
            double share = (double) bytes / total;
            if (sent.size() == 1) {
                warnings.add("all data comes from " + node + ": if it fails, the operation fails");
            } else if (share > LARGE_SHARE && sent.size() > 2) {
                warnings.add(node + " sends " + Units.share(share) + " of the bytes");
            }
        });
    }

    private void skew(Plan plan) {
        for (Balance balance : plan.balanceAfter()) {
            double earlier = plan.balanceBefore().stream()
                    .filter(old -> old.keyspace().equals(balance.keyspace())
                            && old.datacenter().equals(balance.datacenter()))
                    .mapToDouble(Balance::skew)
                    .findFirst()
                    .orElse(1);
            if (balance.skew() > LARGE_SKEW && balance.skew() > earlier) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s in %s becomes less even: the fullest node will have %.2f times the mean, now %.2f times",
                        balance.keyspace(),
                        balance.datacenter(),
                        balance.skew(),
                        earlier));
            }
        }
        if (!(plan.change() instanceof Change.Bootstrap joining)) {
            return;
        }
        Double share = plan.ownershipAfter().get(joining.node());
        plan.balanceAfter().stream()
                .filter(balance ->
                        balance.datacenter().equals(joining.location().datacenter()))
                .findFirst()
                .ifPresent(balance -> {
                    if (share != null
                            && (share > balance.mean() * FAR_FROM_MEAN || share < balance.mean() / FAR_FROM_MEAN)) {
                        warnings.add(joining.node() + " will own " + Units.share(share) + ", the mean is "
                                + Units.share(balance.mean()) + ": choose other tokens");
                    }
                });
    }

    private void racks() {
        SortedMap<String, SortedMap<String, Integer>> nodes = new TreeMap<>();
        after.nodes()
                .forEach(node -> nodes.computeIfAbsent(after.location(node).datacenter(), any -> new TreeMap<>())
                        .merge(after.location(node).rack(), 1, Integer::sum));
        for (Keyspace keyspace : request.keyspaces()) {
            if (!keyspace.replication().name().equals("NetworkTopologyStrategy")) {
                continue;
            }
            nodes.forEach((datacenter, racks) -> {
                int factor = keyspace.replication().replicationFactor(datacenter);
                if (racks.size() > 1 && racks.size() < factor) {
                    warnings.add(datacenter + " has " + racks.size() + " racks for " + factor + " replicas of "
                            + keyspace.name() + ": some rack holds several of them");
                } else if (factor > 1 && racks.size() >= factor && isUneven(racks)) {
                    warnings.add("racks of " + datacenter + " have " + racks
                            + " nodes: those in small racks hold more of " + keyspace.name());
                }
            });
        }
    }

    private static boolean isUneven(SortedMap<String, Integer> racks) {
        return racks.values().stream().distinct().count() > 1;
    }

    private void receivers(Plan plan) {
        var gained = new TreeMap<NodeId, Long>();
        plan.peers().forEach(peer -> gained.merge(peer.to(), peer.bytes(), Long::sum));
        gained.entrySet().stream()
                .max(java.util.Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > 0)
                .ifPresent(most -> notes.add("free space is not known: " + most.getKey() + " gains "
                        + Units.bytes(most.getValue()) + ", and compaction may need as much again for a while"));
    }

    private void strictness(Plan plan) {
        if (plan.change() instanceof Change.Bootstrap && !request.choice().strict()) {
            warnings.add("relaxed sources: the new replica may miss writes that only the node losing the range has;"
                    + " repair afterwards");
        }
        if (plan.change() instanceof Change.Remove
                || plan.change() instanceof Change.Rebuild
                || plan.change() instanceof Change.Replace) {
            notes.add("writes that only the missing node had are not restored: repair afterwards");
        }
        if (plan.change() instanceof Change.Bootstrap joining) {
            notes.add(joining.node() + " must not be in its own list of seeds, or it joins without streaming");
        }
    }

    private void cleanup(Plan plan) {
        if (!plan.cleanup().isEmpty()) {
            long bytes =
                    plan.cleanup().values().stream().mapToLong(Long::longValue).sum();
            var nodes = new TreeSet<>(plan.cleanup().keySet());
            notes.add("run cleanup on "
                    + (nodes.size() > 8
                            ? nodes.size() + " nodes"
                            : nodes.stream().map(NodeId::value).collect(Collectors.joining(", ")))
                    + " afterwards: it frees about " + Units.bytes(bytes));
        }
    }
}
