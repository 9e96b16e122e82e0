package io.ringsim.ring;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Distinct indices of nodes in the order they were chosen. */
final class Chosen {
    private static final int SEARCHED_ONE_BY_ONE = 16;

    private final int[] nodes;
    private final @Nullable BitSet members;
    private int count;

    Chosen(int most) {
        nodes = new int[most];
        members = most > SEARCHED_ONE_BY_ONE ? new BitSet() : null;
    }

    int count() {
        return count;
    }

    int get(int i) {
        return nodes[i];
    }

    boolean contains(int node) {
        if (members != null) {
            return members.get(node);
        }
        for (int i = 0; i < count; i++) {
            if (nodes[i] == node) {
                return true;
            }
        }
        return false;
    }

    /** Adds the node unless it is there already. */
    void add(int node) {
        if (!contains(node)) {
            nodes[count++] = node;
            if (members != null) {
                members.set(node);
            }
        }
    }

    int[] toArray() {
        return count == nodes.length ? nodes : Arrays.copyOf(nodes, count);
    }
}
