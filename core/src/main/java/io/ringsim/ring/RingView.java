package io.ringsim.ring;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one node believes of the ring: its members, and who is about to join, to leave and to move. Immutable, and shared
 * by all nodes that believe the same: what is derived from a view is found once and kept with it, and the same change of
 * the same view gives the same object again.
 */
public final class RingView {
    /** Changes that are told to a thousand nodes in different orders come back to so few views that this many suffice. */
    private static final int STEPS_KEPT = 64;

    private record Step(List<Endpoint> news, RingView to) {}

    private final TokenRing ring;
    private final SortedMap<NodeId, List<Token>> joining;
    private final SortedSet<NodeId> leaving;
    private final SortedMap<NodeId, Token> moving;
    private final SortedMap<NodeId, Location> joiners;
    private final SortedMap<NodeId, NodeId> replacing;
    private final SortedMap<NodeId, Integer> generations;
    private final ConcurrentHashMap<ReplicationStrategy, PendingRanges> pending = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<List<RingChange>, RingView> steps = new ConcurrentHashMap<>();
    private volatile @Nullable Step last;

    RingView(RingDraft draft) {
        ring = draft.ring;
        joining = Collections.unmodifiableSortedMap(draft.joining);
        leaving = Collections.unmodifiableSortedSet(draft.leaving);
        moving = Collections.unmodifiableSortedMap(draft.moving);
        joiners = Collections.unmodifiableSortedMap(draft.joiners);
        replacing = Collections.unmodifiableSortedMap(draft.replacing);
        generations = Collections.unmodifiableSortedMap(draft.generations);
    }

    /** The view in which nobody is known. */
    public static RingView empty(Partitioner partitioner) {
        return of(TokenRing.empty(partitioner));
    }

    /** The view in which these are the members and nothing changes. */
    public static RingView of(TokenRing ring) {
        return new RingView(new RingDraft(ring));
    }

    /**
     * This view after news of a node, whatever was known of it before: states may have been skipped. News of an earlier
     * generation is ignored. When two nodes claim one token as theirs, it belongs to the one of the later generation, or
     * stays where it is when both are of the same; a node that loses its last token is no member. A node that wants to
     * join at a token in use is not noticed, unless it takes the place of the member that has just these tokens: then
     * both are known, and they are the joiner's as soon as it is NORMAL, whatever the generations.
     */
    public RingView with(Endpoint endpoint) {
        return withAll(List.of(endpoint));
    }

    /** This view after all of the news, one after the other. */
    @SuppressWarnings("ReferenceEquality")
    public RingView withAll(List<Endpoint> endpoints) {
        var step = last;
        if (step != null && step.news() == endpoints) {
            return step.to();
        }
        if (endpoints.size() == 1 && isNoNews(endpoints.get(0))) {
            return this;
        }
        var changes = endpoints.stream().map(RingChange::of).toList();
        var next = steps.get(changes);
        if (next == null) {
            next = changed(draft -> draft.applyAll(changes));
            if (steps.size() >= STEPS_KEPT) {
                steps.clear();
            }
            steps.put(changes, next);
        }
        last = new Step(endpoints, next);
        return next;
    }

    /** Most news is of load, or is told again: a member that stays as it is. */
    private boolean isNoNews(Endpoint endpoint) {
        var node = endpoint.node();
        return endpoint.status() == Status.NORMAL
                && Integer.valueOf(endpoint.generation()).equals(generations.get(node))
                && !leaving.contains(node)
                && !moving.containsKey(node)
                && ring.has(node, endpoint.location(), endpoint.tokens());
    }

    /**
     * The members of an earlier view that are none in this one, though the news in between was not of them: others have all
     * of their tokens. What is still said of them is of no use to anybody.
     */
    @SuppressWarnings("ReferenceEquality")
    public List<NodeId> ousted(RingView earlier, List<Endpoint> news) {
        if (this == earlier || ring == earlier.ring) {
            return List.of();
        }
        return earlier.ring.nodes().stream()
                .filter(node -> !knows(node))
                .filter(node ->
                        news.stream().noneMatch(endpoint -> endpoint.node().equals(node)))
                .toList();
    }

    /** This view without the node, as if it had never been heard of. */
    public RingView without(NodeId node) {
        return changed(draft -> draft.forget(node));
    }

    private RingView changed(Consumer<RingDraft> change) {
        var draft = new RingDraft(this);
        change.accept(draft);
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

    /** Of the nodes that bootstrap those that take a dead member's place, with that member. */
    public SortedMap<NodeId, NodeId> replacing() {
        return replacing;
    }

    /** The members on their way out, those that others remove too. */
    public SortedSet<NodeId> leaving() {
        return leaving;
    }

    /** The members on their way to another token. */
    public SortedMap<NodeId, Token> moving() {
        return moving;
    }

    /** The generation in which the member or joining node is known; 0 when it is neither. */
    public int generation(NodeId node) {
        return generations.getOrDefault(node, 0);
    }

    /** Whether the node is a member or joining. */
    public boolean knows(NodeId node) {
        return joiners.containsKey(node) || ring.isMember(node);
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

    /** What the changes under way will add to whose ranges. */
    public PendingRanges pendingRanges(ReplicationStrategy strategy) {
        return PendingRanges.of(this, strategy);
    }

    /** Where a write of this token goes: its replicas, then those about to be. */
    public List<NodeId> writeTargets(ReplicationStrategy strategy, Token token) {
        var natural = strategy.replicas(ring, token);
        var gaining = pendingRanges(strategy).pending(token);
        if (gaining.isEmpty()) {
            return natural;
        }
        var targets = new LinkedHashSet<>(natural);
        targets.addAll(gaining);
        return List.copyOf(targets);
    }

    /** The members' ring once all who leave have left. */
    TokenRing ringAfterAllLeft() {
        return ring.without(leaving);
    }

    SortedMap<NodeId, Location> joiners() {
        return joiners;
    }

    SortedMap<NodeId, Integer> generations() {
        return generations;
    }

    PendingRanges cached(ReplicationStrategy strategy) {
        var known = pending.get(strategy);
        return known != null ? known : pending.computeIfAbsent(strategy, any -> PendingRanges.compute(this, any));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RingView view
                        && joining.equals(view.joining)
                        && leaving.equals(view.leaving)
                        && moving.equals(view.moving)
                        && joiners.equals(view.joiners)
                        && replacing.equals(view.replacing)
                        && generations.equals(view.generations)
                        && ring.equals(view.ring));
    }

    @Override
    public int hashCode() {
        return 31 * ring.hashCode() + joining.keySet().hashCode() + leaving.hashCode();
    }

    @Override
    public String toString() {
        return ring + ", joining " + joining.keySet() + ", leaving " + leaving + ", moving " + moving.keySet();
    }
}
