package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A {@link RingView} while news is worked into it. */
final class RingDraft {
    TokenRing ring;
    final SortedMap<NodeId, List<Token>> joining;
    final SortedSet<NodeId> leaving;
    final SortedMap<NodeId, Token> moving;
    final SortedMap<NodeId, Location> joiners;
    final SortedMap<NodeId, NodeId> replacing;
    final SortedMap<NodeId, Integer> generations;

    RingDraft(TokenRing ring) {
        this.ring = ring;
        joining = new TreeMap<>();
        leaving = new TreeSet<>();
        moving = new TreeMap<>();
        joiners = new TreeMap<>();
        replacing = new TreeMap<>();
        generations = new TreeMap<>();
    }

    RingDraft(RingView view) {
        ring = view.ring();
        joining = new TreeMap<>(view.joining());
        leaving = new TreeSet<>(view.leaving());
        moving = new TreeMap<>(view.moving());
        joiners = new TreeMap<>(view.joiners());
        replacing = new TreeMap<>(view.replacing());
        generations = new TreeMap<>(view.generations());
    }

    /** Works the news in, one after the other; those nodes at once that are members and were not heard of before. */
    void applyAll(List<RingChange> changes) {
        var strangers = new TreeMap<NodeId, TokenRing.Member>();
        var claimed = new TreeSet<Token>();
        for (var change : changes) {
            if (isStranger(change) && change.tokens().stream().noneMatch(claimed::contains)) {
                var tokens = new TreeSet<>(change.tokens());
                claimed.addAll(tokens);
                strangers.put(
                        change.node(), new TokenRing.Member(change.node(), change.location(), List.copyOf(tokens)));
                generations.put(change.node(), change.generation());
            } else {
                admit(strangers.values());
                strangers.clear();
                claimed.clear();
                apply(change);
            }
        }
        admit(strangers.values());
    }

    private boolean isStranger(RingChange change) {
        boolean member = change.status() == Status.NORMAL
                || change.status() == Status.SHUTDOWN
                || change.status() == Status.HIBERNATE;
        return member
                && change.generation() >= 0
                && !change.tokens().isEmpty()
                && !ring.isMember(change.node())
                && !joining.containsKey(change.node())
                && !generations.containsKey(change.node())
                && change.tokens().stream().allMatch(token -> ring.holder(token) == null);
    }

    private void admit(Collection<TokenRing.Member> strangers) {
        if (strangers.size() > 1) {
            var members = new ArrayList<>(ring.members());
            members.addAll(strangers);
            ring = TokenRing.of(ring.partitioner(), members);
        } else {
            strangers.forEach(one -> ring = ring.with(one.node(), one.location(), one.tokens()));
        }
    }

    private void apply(RingChange change) {
        if (change.generation() < generationOf(change.node())) {
            return;
        }
        switch (change.status()) {
            case BOOT, BOOT_REPLACE -> bootstrapping(change);
            case NORMAL, SHUTDOWN, HIBERNATE -> normal(change);
            case LEAVING, REMOVING -> leaving(change);
            case MOVING -> moving(change);
            case LEFT, REMOVED -> forget(change.node());
        }
        if (!change.status().hasLeft()) {
            generations.put(change.node(), change.generation());
        }
    }

    private int generationOf(NodeId node) {
        return generations.getOrDefault(node, 0);
    }

    private void bootstrapping(RingChange change) {
        var node = change.node();
        ring = ring.without(node);
        leaving.remove(node);
        moving.remove(node);
        if (!change.tokens().isEmpty() && mayJoin(change)) {
            joining.put(node, change.tokens());
            joiners.put(node, change.location());
            replacing.remove(node);
            change.replaces().forEach(replaced -> replacing.put(node, replaced));
        }
    }

    /** Tokens must be free; those of a member to be replaced are, if they are all that it has. */
    private boolean mayJoin(RingChange change) {
        for (var token : change.tokens()) {
            var owner = ring.holder(token);
            if ((owner != null && !change.replaces().contains(owner)) || isJoined(token, change.node())) {
                return false;
            }
        }
        return change.replaces().stream()
                .filter(ring::isMember)
                .allMatch(replaced -> change.tokens().containsAll(ring.tokensOf(replaced)));
    }

    private boolean isJoined(Token token, NodeId by) {
        return joining.entrySet().stream()
                .anyMatch(joiner ->
                        !joiner.getKey().equals(by) && joiner.getValue().contains(token));
    }

    private void normal(RingChange change) {
        var node = change.node();
        var replaced = replacing.get(node);
        var won = new TreeSet<Token>();
        for (var token : change.tokens()) {
            var owner = ring.holder(token);
            if (owner == null
                    || owner.equals(node)
                    || owner.equals(replaced)
                    || change.generation() > generationOf(owner)) {
                won.add(token);
            }
        }
        moving.remove(node);
        if (won.isEmpty()) {
            return;
        }
        joining.remove(node);
        joiners.remove(node);
        replacing.remove(node);
        leaving.remove(node);
        if (replaced != null) {
            forget(replaced);
        }
        for (var token : won) {
            var owner = ring.holder(token);
            if (owner != null && !owner.equals(node)) {
                takeFrom(owner, token);
            }
        }
        ring = ring.with(node, change.location(), won);
    }

    private void takeFrom(NodeId owner, Token token) {
        var kept = new TreeSet<>(ring.tokensOf(owner));
        kept.remove(token);
        if (kept.isEmpty()) {
            forget(owner);
        } else {
            ring = ring.with(owner, ring.location(owner), kept);
        }
    }

    private void leaving(RingChange change) {
        if (!ring.isMember(change.node()) || !ring.tokensOf(change.node()).containsAll(change.tokens())) {
            normal(change);
        }
        if (ring.isMember(change.node())) {
            leaving.add(change.node());
        }
    }

    private void moving(RingChange change) {
        if (!ring.isMember(change.node())) {
            normal(change);
        }
        if (ring.isMember(change.node()) && !change.movingTo().isEmpty()) {
            moving.put(change.node(), change.movingTo().get(0));
        }
    }

    void forget(NodeId node) {
        ring = ring.without(node);
        joining.remove(node);
        joiners.remove(node);
        replacing.remove(node);
        leaving.remove(node);
        moving.remove(node);
        generations.remove(node);
    }
}
