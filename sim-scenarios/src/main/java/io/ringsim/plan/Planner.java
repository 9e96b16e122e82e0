package io.ringsim.plan;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.MovementPlan;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import io.ringsim.ring.Transfer;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.StreamableFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans one change of one ring. */
public final class Planner {
    private final PlanRequest request;
    private final TokenRing before;

    private Planner(PlanRequest request) {
        this.request = request;
        before = request.view().ring();
    }

    public static PlanResult plan(PlanRequest request) {
        MovementPlan movement = request.change().movement(request.view(), request.keyspaces(), request.choice());
        return movement instanceof Refusal refusal
                ? new Refused(refusal.reason())
                : new Planner(request).plan((RangeMovement) movement);
    }

    /** Two nodes, one of which sends to the other. */
    private record Pair(NodeId from, NodeId to) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int bySender = from.compareTo(other.from);
            return bySender != 0 ? bySender : to.compareTo(other.to);
        }
    }

    /** What a pair exchanges, while it is counted. */
    private static final class Sum {
        private int ranges;
        private long bytes;
        private int files;
    }

    private Plan plan(RangeMovement movement) {
        TokenRing after = request.change().after(before);
        var sums = new TreeMap<Pair, Sum>();
        var keyspaces = new ArrayList<Plan.KeyspacePlan>();
        var cleanup = new TreeMap<NodeId, Long>();
        for (Keyspace keyspace : request.keyspaces()) {
            var stores = new PlannedStores(keyspace, before, request.tables());
            keyspaces.add(keyspace(keyspace, movement, stores, sums));
            lost(keyspace, movement, after)
                    .forEach((node, ranges) ->
                            cleanup.merge(node, stores.bytesIn(node, Coverage.of(ranges)), Long::sum));
        }
        cleanup.values().removeIf(bytes -> bytes == 0);
        var peers = new ArrayList<Plan.PeerPlan>();
        sums.forEach((pair, sum) -> peers.add(new Plan.PeerPlan(pair.from, pair.to, sum.ranges, sum.bytes, sum.files)));
        Keyspace first = request.keyspaces().get(0);
        var balanceBefore = new ArrayList<Balance>();
        var balanceAfter = new ArrayList<Balance>();
        for (Keyspace keyspace : request.keyspaces()) {
            balanceBefore.addAll(Balance.of(keyspace, before));
            balanceAfter.addAll(Balance.of(keyspace, after));
        }
        var plan = new Plan(
                request.change(),
                tokens(after),
                keyspaces,
                peers,
                Estimate.of(request.change(), peers, request.speeds(), this::location),
                before.ownership(first.replication()),
                after.ownership(first.replication()),
                balanceBefore,
                balanceAfter,
                cleanup,
                movement.warnings(),
                List.of());
        return new Risks(request, after).on(plan);
    }

    private Plan.KeyspacePlan keyspace(
            Keyspace keyspace, RangeMovement movement, PlannedStores stores, SortedMap<Pair, Sum> sums) {
        var byPair = new TreeMap<Pair, List<TokenRange>>();
        for (Transfer transfer : movement.transfers()) {
            if (transfer.keyspace().equals(keyspace.name())) {
                byPair.computeIfAbsent(new Pair(transfer.from(), transfer.to()), any -> new ArrayList<>())
                        .add(transfer.range());
            }
        }
        var fetch = new ArrayList<Plan.RangePlan>();
        byPair.forEach((pair, ranges) -> {
            var requested = Coverage.of(ranges);
            List<StreamableFile> files = stores.of(pair.from).stream()
                    .flatMap(table -> table.filesFor(requested, request.sizes()).stream())
                    .toList();
            long bytes = files.stream().mapToLong(StreamableFile::bytes).sum();
            Sum sum = sums.computeIfAbsent(pair, any -> new Sum());
            sum.ranges += ranges.size();
            sum.bytes += bytes;
            sum.files += files.stream().mapToInt(StreamableFile::components).sum();
            long[] shares = shares(bytes, ranges, stores, pair.from);
            for (int i = 0; i < ranges.size(); i++) {
                fetch.add(new Plan.RangePlan(ranges.get(i), pair.from, pair.to, shares[i]));
            }
        });
        Collections.sort(
                fetch,
                java.util.Comparator.comparing(Plan.RangePlan::range)
                        .thenComparing(Plan.RangePlan::to)
                        .thenComparing(Plan.RangePlan::from));
        return new Plan.KeyspacePlan(keyspace.name(), fetch);
    }

    /** The bytes a pair exchanges, dealt to its ranges by what is stored in them; what is left over goes to the first. */
    private static long[] shares(long bytes, List<TokenRange> ranges, PlannedStores stores, NodeId from) {
        var stored = new double[ranges.size()];
        double all = 0;
        for (int i = 0; i < stored.length; i++) {
            stored[i] = stores.bytesIn(from, Coverage.of(List.of(ranges.get(i))));
            all += stored[i];
        }
        var shares = new long[stored.length];
        long dealt = 0;
        for (int i = 0; i < shares.length && all > 0; i++) {
            shares[i] = (long) Math.floor(bytes * (stored[i] / all));
            dealt += shares[i];
        }
        for (int i = 0; dealt < bytes; i = (i + 1) % shares.length) {
            shares[i]++;
            dealt++;
        }
        return shares;
    }

    /** The ranges that members hold now and will own no longer. */
    private SortedMap<NodeId, List<TokenRange>> lost(Keyspace keyspace, RangeMovement movement, TokenRing after) {
        var lost = new TreeMap<NodeId, List<TokenRange>>();
        if (request.change() instanceof Change.Rebuild) {
            return lost;
        }
        for (Transfer transfer : movement.transfers()) {
            if (!transfer.keyspace().equals(keyspace.name())) {
                continue;
            }
            List<NodeId> remaining =
                    keyspace.replication().replicas(after, transfer.range().right());
            for (NodeId holder :
                    keyspace.replication().replicas(before, transfer.range().right())) {
                if (!remaining.contains(holder) && after.isMember(holder)) {
                    lost.computeIfAbsent(holder, any -> new ArrayList<>()).add(transfer.range());
                }
            }
        }
        return lost;
    }

    private List<Token> tokens(TokenRing after) {
        NodeId node = request.change().node();
        return after.isMember(node) ? after.tokensOf(node) : before.tokensOf(node);
    }

    private Location location(NodeId node) {
        if (request.change() instanceof Change.Bootstrap joining
                && joining.node().equals(node)) {
            return joining.location();
        }
        if (request.change() instanceof Change.Replace replacing
                && replacing.node().equals(node)) {
            return replacing.location();
        }
        return before.location(node);
    }
}
