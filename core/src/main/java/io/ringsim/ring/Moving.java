package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;

/** What is moved when a member goes to another token: others gain what it gives up, and it fetches what it gains. */
final class Moving {
    private Moving() {}

    static MovementPlan plan(RingView view, List<Keyspace> keyspaces, NodeId node, Token token, SourceChoice choice) {
        var ring = view.ring();
        if (!ring.isMember(node)) {
            return new Refusal(node + " is not a member of the token ring yet");
        }
        var owner = ring.holder(token);
        if (owner != null) {
            return new Refusal("target token " + token + " is already owned by " + owner);
        }
        if (ring.tokensOf(node).size() > 1) {
            return new Refusal(node + " has more than one token and cannot be moved; decommission it and bootstrap it"
                    + " with other tokens");
        }
        for (var keyspace : keyspaces) {
            boolean announced = view.moving().containsKey(node);
            if (!announced
                    && !view.pendingRanges(keyspace.replication())
                            .rangesOf(node)
                            .isEmpty()) {
                return new Refusal("data is currently moving to " + node + " (keyspace " + keyspace.name()
                        + "); unable to leave the ring");
            }
        }
        var plans = keyspaces.stream()
                .map(keyspace -> plan(view, keyspace, node, token, choice))
                .toList();
        return RangeMovement.together(node, plans);
    }

    private static MovementPlan plan(RingView view, Keyspace keyspace, NodeId node, Token token, SourceChoice choice) {
        var before = view.ring();
        var here = before.location(node);
        long nearby = before.nodes().stream()
                .filter(other -> before.location(other).datacenter().equals(here.datacenter()))
                .count();
        if (nearby < 2) {
            return new RangeMovement(node, List.of(), List.of());
        }
        var strategy = keyspace.replication();
        var held = strategy.rangesOf(before, node);
        var wanted = strategy.rangesOf(before.with(node, here, List.of(token)), node);
        var after = settled(view, node, token);
        var sent = sent(keyspace, before, after, node, without(held, wanted));
        var fetched = new Fetch(keyspace, node, before, after, peer -> true, choice.strict(), nearest(choice))
                .plan(without(wanted, held));
        return RangeMovement.together(node, List.of(new RangeMovement(node, sent, List.of()), fetched));
    }

    private static SourceChoice nearest(SourceChoice choice) {
        return new SourceChoice(choice.strict(), choice.alive(), choice.proximity(), false);
    }

    /** The ring once all who leave have left and all who move are where they go. */
    private static TokenRing settled(RingView view, NodeId node, Token token) {
        var ring = view.ringAfterAllLeft();
        for (var mover : view.moving().entrySet()) {
            if (!mover.getKey().equals(node) && ring.isMember(mover.getKey())) {
                ring = ring.with(mover.getKey(), ring.location(mover.getKey()), List.of(mover.getValue()));
            }
        }
        return ring.with(node, view.location(node), List.of(token));
    }

    private static List<TokenRange> without(List<TokenRange> ranges, List<TokenRange> others) {
        return ranges.stream().flatMap(range -> range.subtract(others).stream()).toList();
    }

    private static List<Transfer> sent(
            Keyspace keyspace, TokenRing before, TokenRing after, NodeId node, List<TokenRange> ranges) {
        var transfers = new ArrayList<Transfer>();
        for (var range : ranges) {
            var gaining = new ArrayList<>(keyspace.replication().replicas(after, range.right()));
            gaining.removeAll(keyspace.replication().replicas(before, range.right()));
            for (var to : gaining) {
                for (var part : after.primaryRange(range.right()).intersection(range)) {
                    transfers.add(new Transfer(keyspace.name(), part, node, to));
                }
            }
        }
        return transfers;
    }
}
