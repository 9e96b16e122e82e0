package io.ringsim.ring;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one node believes of the ring: its members, and who is about to join, to leave and to move. Immutable, and shared
 * by all nodes that believe the same: what is derived from a view is found once and kept with it, and the same change of
 * the same view gives the same object again.
 */
public final class RingView {
    /** What of an {@link Endpoint} matters to the ring. */
    private record Change(
            NodeId node, Location location, int generation, Status status, List<Token> tokens, List<Token> movingTo) {
        static Change of(Endpoint endpoint) {
            return new Change(
                    endpoint.node(),
                    endpoint.location(),
                    endpoint.generation(),
                    endpoint.status(),
                    endpoint.tokens(),
                    endpoint.movingTo());
        }
    }

    private record Step(List<Change> changes, RingView to) {}

    private final TokenRing ring;
    private final SortedMap<NodeId, List<Token>> joining;
    private final SortedSet<NodeId> leaving;
    private final SortedMap<NodeId, Token> moving;
    private final SortedMap<NodeId, Location> joiners;
    private final SortedMap<NodeId, Integer> generations;
    private final ConcurrentHashMap<ReplicationStrategy, PendingRanges> pending = new ConcurrentHashMap<>();
    private volatile @Nullable Step last;

    private RingView(Draft draft) {
        ring = draft.ring;
        joining = Collections.unmodifiableSortedMap(draft.joining);
        leaving = Collections.unmodifiableSortedSet(draft.leaving);
        moving = Collections.unmodifiableSortedMap(draft.moving);
        joiners = Collections.unmodifiableSortedMap(draft.joiners);
        generations = Collections.unmodifiableSortedMap(draft.generations);
    }

    /** A view in which nobody is known. */
    public static RingView empty(Partitioner partitioner) {
        return of(TokenRing.empty(partitioner));
    }

    /** A view in which these are members and nothing changes. */
    public static RingView of(TokenRing ring) {
        return new RingView(new Draft(ring));
    }

    /**
     * This view after news of a node, whatever was known of it: states may have been skipped. News of an earlier
     * generation is ignored. When two nodes claim one token, the later generation has it, and the older one keeps it
     * when both are equal; a node without tokens left is no member.
     */
    public RingView with(Endpoint endpoint) {
        return withAll(List.of(endpoint));
    }

    /** This view after all of the news, one after the other. */
    public RingView withAll(List<Endpoint> endpoints) {
        var changes = endpoints.stream().map(Change::of).toList();
        var step = last;
        if (step == null || !step.changes().equals(changes)) {
            step = new Step(changes, apply(changes));
            last = step;
        }
        return step.to();
    }

    /** This view without the node, as if it had never been heard of. */
    public RingView without(NodeId node) {
        var draft = new Draft(this);
        draft.forget(node);
        return changed(draft);
    }

    private RingView apply(List<Change> changes) {
        var draft = new Draft(this);
        for (var change : changes) {
            if (change.generation() >= draft.generations.getOrDefault(change.node(), Integer.MIN_VALUE)) {
                draft.apply(change);
            }
        }
        return changed(draft);
    }

    private RingView changed(Draft draft) {
        var view = new RingView(draft);
        return view.equals(this) ? this : view;
    }

    /** The members: leaving and moving ones too, at their present tokens; joining ones not. */
    public TokenRing ring() {
        return ring;
    }

    /** The nodes that bootstrap, with the tokens they will have. */
    public SortedMap<NodeId, List<Token>> joining() {
        return joining;
    }

    /** The members on their way out. */
    public SortedSet<NodeId> leaving() {
        return leaving;
    }

    /** The members on their way to another token. */
    public SortedMap<NodeId, Token> moving() {
        return moving;
    }

    /**
     * Where the member or joining node stands.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public Location location(NodeId node) {
        var location = joiners.get(node);
        return location != null ? location : ring.location(node);
    }

    /** The nodes that do not own the token's range yet but will when all changes under way are done. */
    public PendingRanges pendingRanges(ReplicationStrategy strategy) {
        return PendingRanges.of(this, strategy);
    }

    /** Where a write of this token goes: its replicas, then those to be. */
    public List<NodeId> writeTargets(ReplicationStrategy strategy, Token token) {
        var targets = new java.util.LinkedHashSet<>(strategy.replicas(ring, token));
        targets.addAll(pendingRanges(strategy).pending(token));
        return List.copyOf(targets);
    }

    PendingRanges cached(ReplicationStrategy strategy) {
        return pending.computeIfAbsent(strategy, any -> PendingRanges.compute(this, any));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RingView view
                && joining.equals(view.joining)
                && leaving.equals(view.leaving)
                && moving.equals(view.moving)
                && joiners.equals(view.joiners)
                && generations.equals(view.generations)
                && ring.equals(view.ring);
    }

    @Override
    public int hashCode() {
        return 31 * ring.nodes().hashCode() + joining.keySet().hashCode() + leaving.hashCode();
    }

    @Override
    public String toString() {
        return ring + ", joining " + joining.keySet() + ", leaving " + leaving + ", moving " + moving;
    }

    /** A view while it is changed. */
    private static final class Draft {
        private TokenRing ring;
        private final TreeMap<NodeId, List<Token>> joining;
        private final TreeSet<NodeId> leaving;
        private final TreeMap<NodeId, Token> moving;
        private final TreeMap<NodeId, Location> joiners;
        private final TreeMap<NodeId, Integer> generations;

        Draft(TokenRing ring) {
            this.ring = ring;
            joining = new TreeMap<>();
            leaving = new TreeSet<>();
            moving = new TreeMap<>();
            joiners = new TreeMap<>();
            generations = new TreeMap<>();
        }

        Draft(RingView view) {
            ring = view.ring;
            joining = new TreeMap<>(view.joining);
            leaving = new TreeSet<>(view.leaving);
            moving = new TreeMap<>(view.moving);
            joiners = new TreeMap<>(view.joiners);
            generations = new TreeMap<>(view.generations);
        }

        void apply(Change change) {
            var node = change.node();
            switch (change.status()) {
                case BOOT -> bootstrapping(change);
                case NORMAL, SHUTDOWN -> normal(change);
                case LEAVING -> {
                    if (!ring.tokensOf(node).containsAll(change.tokens()) || !ring.isMember(node)) {
                        normal(change);
                    }
                    moving.remove(node);
                    if (ring.isMember(node)) {
                        leaving.add(node);
                    }
                }
                case MOVING -> {
                    if (!ring.isMember(node)) {
                        normal(change);
                    }
                    if (ring.isMember(node) && !change.movingTo().isEmpty()) {
                        moving.put(node, change.movingTo().get(0));
                    }
                }
                case LEFT -> forget(node);
            }
            if (change.status() != Status.LEFT) {
                generations.put(node, change.generation());
            }
        }

        private void bootstrapping(Change change) {
            var node = change.node();
            forget(node);
            boolean taken = change.tokens().stream()
                    .anyMatch(token -> joining.values().stream().anyMatch(tokens -> tokens.contains(token))
                            || ring.tokens().contains(token));
            if (!taken) {
                joining.put(node, change.tokens());
                joiners.put(node, change.location());
            }
        }

        private void normal(Change change) {
            var node = change.node();
            joining.remove(node);
            joiners.remove(node);
            leaving.remove(node);
            moving.remove(node);
            var others = ring.without(node);
            var won = new TreeSet<Token>();
            var lost = new TreeMap<NodeId, TreeSet<Token>>();
            for (var token : change.tokens()) {
                var owner = others.holder(token);
                if (owner == null) {
                    won.add(token);
                } else if (change.generation() > generations.getOrDefault(owner, Integer.MIN_VALUE)) {
                    won.add(token);
                    lost.computeIfAbsent(owner, any -> new TreeSet<>()).add(token);
                }
            }
            for (Map.Entry<NodeId, TreeSet<Token>> loss : lost.entrySet()) {
                var kept = new TreeSet<>(others.tokensOf(loss.getKey()));
                kept.removeAll(loss.getValue());
                var location = others.location(loss.getKey());
                others = others.without(loss.getKey());
                if (kept.isEmpty()) {
                    ring = others;
                    forget(loss.getKey());
                    others = ring;
                } else {
                    others = others.with(loss.getKey(), location, kept);
                }
            }
            ring = won.isEmpty() ? others : others.with(node, change.location(), won);
        }

        void forget(NodeId node) {
            ring = ring.without(node);
            joining.remove(node);
            joiners.remove(node);
            leaving.remove(node);
            moving.remove(node);
            generations.remove(node);
        }
    }
}
