package io.ringsim.storage.memtable;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a memtable: a B+tree of partitions by token and key. It only grows. One lock, held for a search and the
 * change of a leaf; what is in an entry is replaced outside of it, by compare-and-set.
 */
final class PartitionTree {
    private static final int FAN_OUT = 64;

    private Node root = new Node(true);
    private long size;

    /** A key's place, with what was written under it so far. */
    static final class Entry {
        private static final VarHandle PARTITION;

        static {
            try {
                PARTITION = MethodHandles.lookup().findVarHandle(Entry.class, "partition", Partition.class);
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }

        private final long prefix;
        private final Key key;
        private volatile Partition partition;

        private Entry(long prefix, Partition partition) {
            this.prefix = prefix;
            this.key = partition.key();
            this.partition = partition;
        }

        Key key() {
            return key;
        }

        Partition partition() {
            return partition;
        }

        boolean replace(Partition seen, Partition next) {
            return PARTITION.compareAndSet(this, seen, next);
        }

        private int compareTo(long otherPrefix, Key otherKey) {
            return prefix != otherPrefix ? Long.compare(prefix, otherPrefix) : key.compareTo(otherKey);
        }
    }

    /** A leaf holds entries; a branch holds nodes, and the smallest entry of each. */
    private static final class Node {
        private final boolean leaf;
        private final long[] prefixes = new long[FAN_OUT];
        private final Entry[] entries = new Entry[FAN_OUT];
        private Node @Nullable [] children;
        private int size;

        private Node(boolean leaf) {
            this.leaf = leaf;
            this.children = leaf ? null : new Node[FAN_OUT];
        }

        /** How many entries come before the key. */
        private int lowerBound(long prefix, Key key) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                long here = prefixes[middle];
                int order = here != prefix ? Long.compare(here, prefix) : entries[middle].compareTo(prefix, key);
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private boolean holds(int index, long prefix, Key key) {
            return index < size && prefixes[index] == prefix && entries[index].compareTo(prefix, key) == 0;
        }

        private int childFor(long prefix, Key key) {
            int index = lowerBound(prefix, key);
            return holds(index, prefix, key) ? index : Math.max(0, index - 1);
        }

        private Node child(int index) {
            return requireNonNull(children)[index];
        }

        private void insert(int index, Entry entry, @Nullable Node child) {
            System.arraycopy(prefixes, index, prefixes, index + 1, size - index);
            System.arraycopy(entries, index, entries, index + 1, size - index);
            prefixes[index] = entry.prefix;
            entries[index] = entry;
            if (child != null) {
                var nodes = requireNonNull(children);
                System.arraycopy(nodes, index, nodes, index + 1, size - index);
                nodes[index] = child;
            }
            size++;
        }

        /** Moves the entries from {@code from} on into a new node. */
        private Node split(int from) {
            var right = new Node(leaf);
            right.size = size - from;
            System.arraycopy(prefixes, from, right.prefixes, 0, right.size);
            System.arraycopy(entries, from, right.entries, 0, right.size);
            Arrays.fill(entries, from, size, null);
            if (!leaf) {
                var nodes = requireNonNull(children);
                System.arraycopy(nodes, from, requireNonNull(right.children), 0, right.size);
                Arrays.fill(nodes, from, size, null);
            }
            size = from;
            return right;
        }
    }

    /** The entry of that key; when there is none, a new one of this partition, which is returned as well. */
    synchronized Entry putIfAbsent(long prefix, Partition partition) {
        var key = partition.key();
        var node = root;
        while (!node.leaf) {
            node = node.child(node.childFor(prefix, key));
        }
        int index = node.lowerBound(prefix, key);
        if (node.holds(index, prefix, key)) {
            return node.entries[index];
        }
        var entry = new Entry(prefix, partition);
        size++;
        if (node.size < FAN_OUT && index > 0) {
            node.insert(index, entry, null);
        } else {
            var right = insert(root, entry);
            if (right != null) {
                var above = new Node(false);
                above.insert(0, root.entries[0], root);
                above.insert(1, right.entries[0], right);
                root = above;
            }
        }
        return entry;
    }

    /** Inserts below a node; returns the node to put to its right if it had to be split. */
    private static @Nullable Node insert(Node node, Entry entry) {
        int index = node.lowerBound(entry.prefix, entry.key);
        if (node.leaf) {
            return insertInto(node, index, entry, null);
        }
        int at = Math.max(0, index - 1);
        var child = node.child(at);
        var right = insert(child, entry);
        node.prefixes[at] = child.entries[0].prefix;
        node.entries[at] = child.entries[0];
        return right == null ? null : insertInto(node, at + 1, right.entries[0], right);
    }

    private static @Nullable Node insertInto(Node node, int index, Entry entry, @Nullable Node child) {
        if (node.size < FAN_OUT) {
            node.insert(index, entry, child);
            return null;
        }
        int half = index == FAN_OUT ? FAN_OUT - 1 : FAN_OUT / 2; // keys that come in order leave full nodes
        var right = node.split(half);
        if (index <= half) {
            node.insert(index, entry, child);
        } else {
            right.insert(index - half, entry, child);
        }
        return right;
    }

    synchronized @Nullable Entry get(long prefix, Key key) {
        var leaf = leafFor(prefix, key);
        int index = leaf.lowerBound(prefix, key);
        return leaf.holds(index, prefix, key) ? leaf.entries[index] : null;
    }

    private Node leafFor(long prefix, Key key) {
        var node = root;
        while (!node.leaf) {
            node = node.child(node.childFor(prefix, key));
        }
        return node;
    }

    /** Up to as many entries as a leaf has, the first that come after the key, in order; none at the end. */
    synchronized Entry[] after(long prefix, Key key, boolean inclusive) {
        return after(root, prefix, key, inclusive);
    }

    private static Entry[] after(Node node, long prefix, Key key, boolean inclusive) {
        if (node.leaf) {
            int from = node.lowerBound(prefix, key);
            from += !inclusive && node.holds(from, prefix, key) ? 1 : 0;
            return Arrays.copyOfRange(node.entries, from, node.size);
        }
        for (int i = node.childFor(prefix, key); i < node.size; i++) {
            var found = after(node.child(i), prefix, key, inclusive);
            if (found.length > 0) {
                return found;
            }
        }
        return new Entry[0];
    }

    synchronized long size() {
        return size;
    }

    /** Up to as many entries as a leaf has, from the first on. */
    synchronized Entry[] first() {
        var node = root;
        while (!node.leaf) {
            node = node.child(0);
        }
        return Arrays.copyOf(node.entries, node.size);
    }
}
