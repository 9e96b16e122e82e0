package io.ringsim.gossip;

import io.ringsim.gossip.NodeState.Accusation;
import io.ringsim.ring.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one node knows of all nodes, as an immutable value; nodes that know the same share it. States stand on shelves
 * of {@value #SHELF} by the nodes' numbers, so that a change copies one shelf, and two nodes find where they differ by
 * comparing one fingerprint per shelf.
 */
final class Knowledge {
    static final int SHELF = 32;
    static final Knowledge NOTHING = new Knowledge(new NodeState[0][], new long[0], 0, new int[0]);

    private final @Nullable NodeState[][] shelves;
    private final long[] fingerprints;
    private final int size;

    /** The numbers of the nodes that accuse somebody; hardly ever any. */
    private final int[] accusers;

    private final long fingerprint;
    private @Nullable List<Endpoint> endpoints;

    private Knowledge(@Nullable NodeState[][] shelves, long[] fingerprints, int size, int[] accusers) {
        this.shelves = shelves;
        this.fingerprints = fingerprints;
        this.size = size;
        this.accusers = accusers;
        this.fingerprint = Arrays.stream(fingerprints).sum();
    }

    int size() {
        return size;
    }

    /** The same for two that hold the same states. */
    long fingerprint() {
        return fingerprint;
    }

    Digest digest() {
        return new Digest(fingerprints);
    }

    @Nullable
    NodeState state(int number) {
        int shelf = number / SHELF;
        return shelf < shelves.length ? shelves[shelf][number % SHELF] : null;
    }

    /** With these states in place of what was known of their nodes. */
    Knowledge with(List<NodeState> states) {
        if (states.isEmpty()) {
            return this;
        }
        var change = new Change();
        states.forEach(state -> change.put(state.number(), state));
        return change.result();
    }

    Knowledge without(int number) {
        if (state(number) == null) {
            return this;
        }
        var change = new Change();
        change.put(number, null);
        return change.result();
    }

    /** In the order of the nodes' numbers. */
    void forEach(Consumer<NodeState> consumer) {
        for (var shelf : shelves) {
            for (var state : shelf) {
                if (state != null) {
                    consumer.accept(state);
                }
            }
        }
    }

    List<NodeState> states() {
        var states = new ArrayList<NodeState>(size);
        forEach(states::add);
        return states;
    }

    List<NodeState> statesOn(List<Integer> chosen) {
        var states = new ArrayList<NodeState>();
        for (int shelf : chosen) {
            if (shelf < shelves.length) {
                for (var state : shelves[shelf]) {
                    if (state != null) {
                        states.add(state);
                    }
                }
            }
        }
        return states;
    }

    /** The states on these shelves that are later than those of theirs. */
    List<NodeState> newerThan(List<NodeState> theirs, List<Integer> chosen) {
        var known = NOTHING.with(theirs);
        return statesOn(chosen).stream()
                .filter(state -> state.isNewerThan(known.state(state.number())))
                .toList();
    }

    /** All endpoints; one list for everybody who holds this. */
    List<Endpoint> endpoints() {
        if (endpoints == null) {
            endpoints = states().stream().map(NodeState::endpoint).toList();
        }
        return endpoints;
    }

    /** The shelves on which a digest differs from this. */
    List<Integer> differences(Digest digest) {
        var different = new ArrayList<Integer>();
        for (int shelf = 0; shelf < Math.max(digest.shelves(), fingerprints.length); shelf++) {
            long mine = shelf < fingerprints.length ? fingerprints[shelf] : 0;
            if (mine != digest.fingerprint(shelf)) {
                different.add(shelf);
            }
        }
        return different;
    }

    boolean hasAccusers() {
        return accusers.length > 0;
    }

    /** The states of the nodes that accuse somebody. */
    List<NodeState> accusers() {
        return Arrays.stream(accusers)
                .mapToObj(this::state)
                .filter(state -> state != null)
                .toList();
    }

    /** Whether an accusation is about the life its subject is in. */
    boolean isCurrent(Accusation accusation) {
        var subject = state(accusation.number());
        return subject != null && subject.generation() <= accusation.generation();
    }

    /** Copies what it changes, each shelf once. */
    private final class Change {
        private @Nullable NodeState[][] changed = shelves.clone();
        private long[] prints = fingerprints.clone();
        private int count = size;
        private boolean accusersChanged;

        void put(int number, @Nullable NodeState state) {
            int index = number / SHELF;
            grow(index + 1);
            if (index < shelves.length && changed[index] == shelves[index]) {
                changed[index] = changed[index].clone();
            }
            var old = changed[index][number % SHELF];
            changed[index][number % SHELF] = state;
            count += (state == null ? 0 : 1) - (old == null ? 0 : 1);
            prints[index] += (state == null ? 0 : state.fingerprint()) - (old == null ? 0 : old.fingerprint());
            accusersChanged |= accuses(old) || accuses(state);
        }

        Knowledge result() {
            return new Knowledge(changed, prints, count, accusersChanged ? findAccusers() : accusers);
        }

        private void grow(int length) {
            if (changed.length < length) {
                int before = changed.length;
                changed = Arrays.copyOf(changed, length);
                prints = Arrays.copyOf(prints, length);
                for (int i = before; i < length; i++) {
                    changed[i] = new NodeState[SHELF];
                }
            }
        }

        private int[] findAccusers() {
            var found = new ArrayList<Integer>();
            for (var shelf : changed) {
                for (var state : shelf) {
                    if (state != null && accuses(state)) {
                        found.add(state.number());
                    }
                }
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        private static boolean accuses(@Nullable NodeState state) {
            return state != null && !state.unreachable().isEmpty();
        }
    }
}
